//! Where libtorch computes and with what, and what its errors mean to the user.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use tch::{Cuda, Kind, TchError};

use super::failure::{Failure, first_line};
use crate::encoder::choice::{Device, LibtorchOptions, Precision};
use crate::{Error, ErrorKind, Pipeline, Result};

/// A device that is there, with the kind of its numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub(super) device: tch::Device,
    pub(super) kind: Kind,
}

impl Place {
    /// Finds the device that is asked for.
    pub(super) fn new(options: &LibtorchOptions) -> Result<Self> {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| tch::set_num_interop_threads(1)); // a second call would end the process
        let device = match options.device {
            Device::Auto => tch::Device::cuda_if_available(),
            Device::Cpu => tch::Device::Cpu,
            Device::Cuda(number) => {
                let found = if Cuda::is_available() { Cuda::device_count() } else { 0 };
                if i64::try_from(number).unwrap_or(i64::MAX) >= found {
                    let why = format!("there is no GPU cuda:{number}: libtorch finds {found}");
                    let hint = "pass --device cpu, or build against a libtorch with CUDA: models/libtorch.sh --cuda";
                    return Err(Error::new(ErrorKind::Config(why)).with_hint(hint));
                }
                tch::Device::Cuda(number)
            }
        };
        let kind = match options.precision {
            Precision::Fp32 => Kind::Float,
            Precision::Bf16 => Kind::BFloat16,
            Precision::Fp16 => Kind::Half,
        };
        Ok(Self { device, kind })
    }

    /// The device, named as in the options.
    pub(super) fn name(self) -> String {
        match self.device {
            tch::Device::Cuda(number) => Device::Cuda(number).to_string(),
            _ => Device::Cpu.to_string(),
        }
    }

    /// Runs `read` on the calling thread alone, without what training would need.
    pub(super) fn alone<T>(self, read: impl FnOnce() -> T) -> T {
        if self.device == tch::Device::Cpu {
            tch::set_num_threads(1); // counts for the calling thread
        }
        tch::no_grad(read)
    }
}

/// What libtorch says.
pub(super) fn said(error: TchError) -> Failure {
    Failure::of(error)
}

/// Runs code of rust-bert's, which panics where libtorch fails or a file is not as it expects; the panic's message is the error.
pub(super) fn caught<T>(run: impl FnOnce() -> T) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        first_line(text.unwrap_or("rust-bert panicked")).into()
    })
}

/// The same on a thread whose panics the program keeps silent: for what runs before there are workers.
pub(super) fn caught_quietly<T: Send>(run: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name(format!("{}loader", Pipeline::THREAD_PREFIX)).spawn_scoped(scope, || caught(run));
        let joined = thread.map_err(|error| Failure::while_doing("cannot start a thread", error))?.join();
        joined.unwrap_or_else(|_| Err("rust-bert panicked".into()))
    })
}
