//! The build script: with the feature `libtorch` it tells the linker where libtorch lies, or the user how to get it.
//!
//! rust-bert's build would else fetch a libtorch by itself, and the program would start only with `LD_LIBRARY_PATH` set.

use std::env::var_os;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The only version that this tch speaks to.
const VERSION: &str = "2.4.0";
const HELP: &str = "run eval \"$(bash models/libtorch.sh)\" and build again; the README says more";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    for name in ["LIBTORCH", "LIBTORCH_LIB", "LIBTORCH_USE_PYTORCH", "LIBTORCH_BYPASS_VERSION_CHECK"] {
        println!("cargo::rerun-if-env-changed={name}");
    }
    if var_os("CARGO_FEATURE_LIBTORCH").is_none() {
        return;
    }
    match libraries() {
        Ok(folder) => println!("cargo::rustc-link-arg=-Wl,-rpath,{}", folder.display()),
        Err(why) => println!("cargo::error={why}: {HELP}"),
    }
}

/// The folder of libtorch's libraries, by the rules of torch-sys.
fn libraries() -> Result<PathBuf, String> {
    if var_os("LIBTORCH_USE_PYTORCH").is_some() {
        let python = if var_os("VIRTUAL_ENV").is_some() { "python" } else { "python3" };
        let script = "import torch, pathlib; print(torch.__version__); print(pathlib.Path(torch.__file__).parent / 'lib')";
        let told = Command::new(python).args(["-c", script]).output().map_err(|error| format!("cannot run {python}: {error}"))?;
        let told = String::from_utf8_lossy(&told.stdout).into_owned();
        let (version, folder) = told.trim().split_once('\n').ok_or_else(|| format!("{python} has no PyTorch"))?;
        check(version)?;
        return Ok(PathBuf::from(folder));
    }
    let Some(root) = var_os("LIBTORCH").map(PathBuf::from) else {
        let system = Path::new("/usr/lib");
        let is_there = system.join("libtorch.so").exists();
        return if is_there { Ok(system.to_owned()) } else { Err("there is no libtorch, and LIBTORCH names none".to_owned()) };
    };
    let folder = var_os("LIBTORCH_LIB").map_or_else(|| root.clone(), PathBuf::from).join("lib");
    if !folder.join("libtorch_cpu.so").exists() && !folder.join("libtorch_cpu.dylib").exists() {
        return Err(format!("LIBTORCH names {}, where there is no lib/libtorch_cpu.so", root.display()));
    }
    if let Ok(version) = std::fs::read_to_string(root.join("build-version")) {
        check(&version)?;
    }
    Ok(folder)
}

fn check(version: &str) -> Result<(), String> {
    let plain = version.trim().split('+').next().unwrap_or_default();
    if plain == VERSION || var_os("LIBTORCH_BYPASS_VERSION_CHECK").is_some() {
        return Ok(());
    }
    Err(format!("this is libtorch {plain}, tch wants {VERSION}"))
}
