//! The target `journal` as a program of libFuzzer.

#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro's own")]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sayso_fuzz::run("journal", data));
