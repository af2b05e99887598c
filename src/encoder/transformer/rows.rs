//! What is done to each row between the products, in the widest vectors this processor has: chosen once for all rows.

#![expect(clippy::inline_always, reason = "vector code has its instructions only inside the function that `dispatch` calls")]

use rten_simd::ops::{BitOps, FloatOps, NarrowSaturate, NumOps, ToFloat};
use rten_simd::{Isa, SimdOp, SimdUnaryOp};
use rten_vecmath::{Gelu, MinMax, Normalize, NormalizeOptions, Softmax, Sum, SumSquareSub};

use super::weights::WeightFile;
use crate::{Error, ErrorKind, Result};

/// BERT's addition to the variance.
const EPSILON: f32 = 1e-12;

/// Layer normalisation (Ba et al. 2016).
#[derive(Debug)]
pub(super) struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    /// Takes the tensors `name.weight` and `name.bias`.
    pub(super) fn new(file: &WeightFile, name: &str) -> Result<Self> {
        let (weight, bias) = (file.floats(&format!("{name}.weight"))?, file.floats(&format!("{name}.bias"))?);
        if weight.is_empty() || weight.len() != bias.len() {
            return Err(Error::new(ErrorKind::Model(format!("the tensors of {name} do not fit each other"))));
        }
        Ok(Self { weight, bias })
    }

    /// Normalises every row.
    pub(super) fn apply(&self, rows: &mut [f32]) {
        NormRows { norm: self, rows }.dispatch();
    }
}

struct NormRows<'a> {
    norm: &'a Norm,
    rows: &'a mut [f32],
}

impl SimdOp for NormRows<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let Norm { weight, bias } = self.norm;
        let width = weight.len();
        for row in self.rows.chunks_exact_mut(width) {
            let mean = Sum::new(row).eval(isa) / width as f32;
            let variance = SumSquareSub::new(row, mean).eval(isa) / width as f32;
            let options = NormalizeOptions {
                pre_scale_bias: mean,
                scale: 1.0 / (variance + EPSILON).sqrt(),
                element_scale: Some(weight),
                element_bias: Some(bias),
                ..NormalizeOptions::default()
            };
            Normalize::new_mut(row, options).eval(isa);
        }
    }
}

/// Softmax of every row, in place.
pub(super) fn softmax(rows: &mut [f32], width: usize) {
    SoftmaxRows { rows, width }.dispatch();
}

struct SoftmaxRows<'a> {
    rows: &'a mut [f32],
    width: usize,
}

impl SimdOp for SoftmaxRows<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        for row in self.rows.chunks_exact_mut(self.width) {
            Softmax::new_mut(row).eval(isa);
        }
    }
}

/// The Gaussian error linear unit, in place.
pub(super) fn gelu(values: &mut [f32]) {
    Gelu {}.map_mut(values);
}

/// What the codes of one row stand for: a value is (code - zero) × step.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowCode {
    pub(super) zero: i32,
    pub(super) step: f32,
}

/// Scales each row of `input` to the codes 0 to `largest`.
pub(super) fn quantise(input: &[f32], width: usize, largest: u8, codes: &mut Vec<u8>, rows: &mut Vec<RowCode>) {
    codes.resize(input.len(), 0);
    rows.clear();
    QuantiseRows { input, width, largest, codes, rows }.dispatch();
}

struct QuantiseRows<'a> {
    input: &'a [f32],
    width: usize,
    largest: u8,
    codes: &'a mut [u8],
    rows: &'a mut Vec<RowCode>,
}

impl SimdOp for QuantiseRows<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let (floats, ints) = (isa.f32(), isa.i32());
        let lanes = 4 * floats.len();
        for (row, codes) in self.input.chunks_exact(self.width).zip(self.codes.chunks_exact_mut(self.width)) {
            let (low, high) = MinMax::new(row).eval(isa);
            let (low, high) = (low.min(0.0), high.max(0.0));
            let step = ((high - low) / f32::from(self.largest)).max(f32::MIN_POSITIVE);
            #[expect(clippy::cast_possible_truncation, reason = "0 to `largest`, and rounded")]
            let zero = (-low / step).round_ties_even() as i32;
            let (scales, zeros) = (floats.splat(1.0 / step), ints.splat(zero));
            for (values, codes) in row.chunks_exact(lanes).zip(codes.chunks_exact_mut(lanes)) {
                let wide = floats.load_many::<4>(values).map(|values| ints.add(floats.to_int_round(floats.mul(values, scales)), zeros));
                let [a, b, c, d] = wide;
                let codes_of = isa.i16().narrow_saturate(ints.narrow_saturate(a, b), ints.narrow_saturate(c, d));
                isa.u8().store(codes_of, codes);
            }
            let whole = self.width - self.width % lanes;
            for (value, code) in row.iter().zip(codes).skip(whole) {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
                let rounded = ((value * (1.0 / step)).round_ties_even() + zero as f32) as u8;
                *code = rounded;
            }
            self.rows.push(RowCode { zero, step });
        }
    }
}

/// Puts the sums of code products into `out`, as the floats they stand for, with the bias; or adds them to what is there.
pub(super) struct Rescale<'a, const ADD: bool> {
    pub(super) sums: &'a [i32],
    pub(super) rows: &'a [RowCode],
    /// The sum of each output's weight codes.
    pub(super) totals: &'a [i32],
    /// What a step of each output's weights is worth.
    pub(super) steps: &'a [f32],
    pub(super) bias: &'a [f32],
    pub(super) out: &'a mut [f32],
}

impl<const ADD: bool> SimdOp for Rescale<'_, ADD> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let (ints, floats) = (isa.i32(), isa.f32());
        let (width, lanes) = (self.steps.len(), floats.len());
        let whole = width - width % lanes;
        let rows = self.sums.chunks_exact(width).zip(self.out.chunks_exact_mut(width)).zip(self.rows);
        for ((sums, out), row) in rows {
            let (factor, zero) = (floats.splat(row.step), ints.splat(row.zero));
            let places = sums.chunks_exact(lanes).zip(out.chunks_exact_mut(lanes));
            let weights = self.totals.chunks_exact(lanes).zip(self.steps.chunks_exact(lanes)).zip(self.bias.chunks_exact(lanes));
            for ((sums, out), ((totals, steps), bias)) in places.zip(weights) {
                let sum = ints.sub(ints.load(sums), ints.mul(ints.load(totals), zero));
                let step = floats.mul(floats.load(steps), factor);
                let bias = floats.load(bias);
                let before = if ADD { floats.add(floats.load(out), bias) } else { bias };
                floats.store(floats.mul_add(ints.to_float(sum), step, before), out);
            }
            let weights = self.totals.iter().zip(self.steps).zip(self.bias);
            for ((&sum, out), ((&total, step), bias)) in sums.iter().zip(out).zip(weights).skip(whole) {
                let before = if ADD { *out + bias } else { *bias };
                *out = ((sum - total * row.zero) as f32).mul_add(step * row.step, before);
            }
        }
    }
}
