//! `model.safetensors`: the tensors of a model, matrices as floats or as 8-bit codes with one step per row.

use std::borrow::Cow;

use safetensors::{Dtype, SafeTensorError, SafeTensors};

use crate::{Error, ErrorKind, Result};

/// A model file in memory.
#[derive(Debug)]
pub(crate) struct WeightFile {
    bytes: Cow<'static, [u8]>,
}

/// A matrix by rows.
#[derive(Debug)]
pub(in crate::encoder) enum Table {
    /// Signed codes as bytes; a row's value is code × step.
    Int8 {
        codes: Cow<'static, [u8]>,
        steps: Vec<f32>,
        width: usize,
    },
    Float {
        values: Vec<f32>,
        width: usize,
    },
}

fn unread(source: SafeTensorError) -> Error {
    wrong(&source).caused_by(source)
}

fn wrong(why: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Model(format!("cannot read model.safetensors: {why}")))
}

impl WeightFile {
    /// Takes the bytes of a safetensors file.
    pub(crate) fn new(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self> {
        let bytes = bytes.into();
        SafeTensors::deserialize(&bytes).map_err(unread)?;
        Ok(Self { bytes })
    }

    /// How many layers it has tensors for.
    pub(in crate::encoder) fn layers(&self) -> usize {
        let Ok(tensors) = SafeTensors::deserialize(&self.bytes) else { return 0 };
        (0..tensors.len()).take_while(|at| tensors.tensor(&format!("layers.{at}.qkv.bias")).is_ok()).count()
    }

    /// The floats of one tensor.
    pub(in crate::encoder) fn floats(&self, name: &str) -> Result<Vec<f32>> {
        let tensors = SafeTensors::deserialize(&self.bytes).map_err(unread)?;
        let tensor = tensors.tensor(name).map_err(unread)?;
        if tensor.dtype() != Dtype::F32 {
            return Err(wrong(format_args!("{name} is not of 32-bit floats")));
        }
        let values: Vec<f32> = tensor.data().as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
        if values.iter().all(|value| value.is_finite()) { Ok(values) } else { Err(wrong(format_args!("{name} has a number that is none"))) }
    }

    /// One matrix; its codes stay where the file is where that lives as long as the program.
    pub(in crate::encoder) fn table(&self, name: &str) -> Result<Table> {
        let (shape, dtype, codes) = match &self.bytes {
            Cow::Borrowed(bytes) => codes_of(bytes, name).map(|(shape, dtype, codes)| (shape, dtype, Cow::Borrowed(codes)))?,
            Cow::Owned(bytes) => codes_of(bytes, name).map(|(shape, dtype, codes)| (shape, dtype, Cow::Owned(codes.to_vec())))?,
        };
        let &[rows, width] = shape.as_slice() else { return Err(wrong(format_args!("{name} is not a matrix"))) };
        if rows == 0 || width == 0 {
            return Err(wrong(format_args!("{name} is empty")));
        }
        if dtype != Dtype::I8 {
            return Ok(Table::Float { values: self.floats(name)?, width });
        }
        let steps = self.floats(&format!("{name}.steps"))?;
        if steps.len() != rows {
            return Err(wrong(format_args!("{name} has {rows} rows, but steps for {}", steps.len())));
        }
        Ok(Table::Int8 { codes, steps, width })
    }
}

fn codes_of<'a>(bytes: &'a [u8], name: &str) -> Result<(Vec<usize>, Dtype, &'a [u8])> {
    let tensors = SafeTensors::deserialize(bytes).map_err(unread)?;
    let tensor = tensors.tensor(name).map_err(unread)?;
    Ok((tensor.shape().to_vec(), tensor.dtype(), tensor.data()))
}

impl Table {
    /// How many rows it has.
    #[cfg(feature = "libtorch")]
    pub(in crate::encoder) fn rows(&self) -> usize {
        match self {
            Self::Int8 { steps, .. } => steps.len(),
            Self::Float { values, width } => values.len() / width,
        }
    }

    /// How many values a row has.
    pub(in crate::encoder) fn width(&self) -> usize {
        match self {
            Self::Int8 { width, .. } | Self::Float { width, .. } => *width,
        }
    }

    /// Adds row `at` to the end of `out`.
    pub(in crate::encoder) fn push_row(&self, at: usize, out: &mut Vec<f32>) {
        let range = at * self.width()..(at + 1) * self.width();
        match self {
            Self::Int8 { codes, steps, .. } => {
                let step = steps.get(at).copied().unwrap_or_default();
                out.extend(codes.get(range).unwrap_or_default().iter().map(|code| f32::from(code.cast_signed()) * step));
            }
            Self::Float { values, .. } => out.extend(values.get(range).unwrap_or_default()),
        }
    }
}
