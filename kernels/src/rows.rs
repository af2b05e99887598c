//! What is done to each row between the products, in the widest vectors this processor has: chosen once for all rows.

#![expect(clippy::inline_always, reason = "vector code has its instructions only inside the function that `dispatch` calls")]

use rten_simd::functional::simd_apply;
use rten_simd::ops::{BitOps, FloatOps, NarrowSaturate, NumOps, ToFloat};
use rten_simd::{Isa, Simd, SimdOp};
use rten_vecmath::{Normalize, NormalizeOptions, Sum, SumSquareSub};

use crate::curves::gelu;

/// BERT's addition to the variance.
const EPSILON: f32 = 1e-12;

/// Layer normalisation (Ba et al. 2016).
#[derive(Debug)]
pub struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    /// A weight and a bias for each number of a row; `None` where there are none, or not as many of the one as of the other.
    pub fn new(weight: Vec<f32>, bias: Vec<f32>) -> Option<Self> {
        (!weight.is_empty() && weight.len() == bias.len()).then_some(Self { weight, bias })
    }

    /// Normalises every row.
    pub fn apply(&self, rows: &mut [f32]) {
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

/// The Gaussian error linear unit of every value, in place.
pub(crate) fn gelu_of(values: &mut [f32]) {
    GeluOf { values }.dispatch();
}

struct GeluOf<'a> {
    values: &'a mut [f32],
}

impl SimdOp for GeluOf<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        simd_apply::<_, _, _, 2>(
            isa.f32(),
            self.values,
            #[inline(always)]
            |x| gelu(isa, x),
        );
    }
}

/// What the codes of one row stand for: a value is (code - zero) × step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowCode {
    pub(crate) zero: i32,
    pub(crate) step: f32,
}

/// Rows of codes.
#[derive(Debug, Default)]
pub(crate) struct CodedRows {
    pub(crate) codes: Vec<u8>,
    pub(crate) rows: Vec<RowCode>,
    /// The row at work, filled up with zeros.
    bent: Vec<f32>,
}

impl CodedRows {
    /// Scales each row of `input`, or of the Gaussian error linear units of it, to the codes 0 to `largest`.
    pub(crate) fn fill<const GELU: bool>(&mut self, input: &[f32], width: usize, largest: u8) {
        self.codes.resize(input.len(), 0);
        self.rows.clear();
        QuantiseRows::<GELU> { input, width, largest, made: self }.dispatch();
    }
}

struct QuantiseRows<'a, const GELU: bool> {
    input: &'a [f32],
    width: usize,
    largest: u8,
    made: &'a mut CodedRows,
}

impl<const GELU: bool> SimdOp for QuantiseRows<'_, GELU> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let (floats, ints) = (isa.f32(), isa.i32());
        let (lanes, block) = (floats.len(), 4 * floats.len());
        let CodedRows { codes, rows, bent } = self.made;
        bent.clear();
        bent.resize(self.width.next_multiple_of(block), 0.0);
        for (row, codes) in self.input.chunks_exact(self.width).zip(codes.chunks_exact_mut(self.width)) {
            bent.iter_mut().zip(row).for_each(|(place, value)| *place = *value);
            let (mut low, mut high) = (floats.zero(), floats.zero());
            for place in bent.chunks_exact_mut(lanes) {
                let mut values = floats.load(place);
                if GELU {
                    values = gelu(isa, values);
                    floats.store(values, place);
                }
                (low, high) = (floats.min(low, values), floats.max(high, values));
            }
            let (low, high) = (low.to_array().into_iter().fold(0.0, f32::min), high.to_array().into_iter().fold(0.0, f32::max));
            let step = ((high - low) / f32::from(self.largest)).max(f32::MIN_POSITIVE);
            #[expect(clippy::cast_possible_truncation, reason = "0 to `largest`, and rounded")]
            let zero = (-low / step).round_ties_even() as i32;
            let (scales, zeros) = (floats.splat(1.0 / step), ints.splat(zero));
            for (values, codes) in bent.chunks_exact(block).zip(codes.chunks_mut(block)) {
                let mut wide = [ints.zero(); 4];
                for (place, values) in wide.iter_mut().zip(floats.load_many::<4>(values)) {
                    *place = ints.add(floats.to_int_round(floats.mul(values, scales)), zeros);
                }
                let [a, b, c, d] = wide;
                let narrow = isa.i16().narrow_saturate(ints.narrow_saturate(a, b), ints.narrow_saturate(c, d));
                if codes.len() == block {
                    isa.u8().store(narrow, codes);
                } else {
                    codes.iter_mut().zip(narrow.to_array()).for_each(|(place, code)| *place = code);
                }
            }
            rows.push(RowCode { zero, step });
        }
    }
}

/// Puts the sums of code products into `out`, as the floats they stand for, with the bias; or adds them to what is there.
pub(crate) struct Rescale<'a, const ADD: bool> {
    pub(crate) sums: &'a [i32],
    pub(crate) rows: &'a [RowCode],
    /// The sum of each output's weight codes.
    pub(crate) totals: &'a [i32],
    /// What a step of each output's weights is worth.
    pub(crate) steps: &'a [f32],
    pub(crate) bias: &'a [f32],
    pub(crate) out: &'a mut [f32],
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
