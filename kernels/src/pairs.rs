//! Products of 8-bit codes on x86 processors that have AVX2 but no dot-product instruction.
//!
//! `vpmaddubsw` multiplies 32 pairs of codes and adds each two neighbours in 16 bits, `vpmaddwd` widens such sums to 32 bits.
//! Where the weights are small enough for four sums to be added in 16 bits first, 128 products take five of these
//! instructions in place of eight. Rows of larger weights are written in coarser steps, by a fifth on average.

#![expect(clippy::inline_always, reason = "vector code has its instructions only inside the function that `vectorize` calls")]

use pulp::x86::V3;
use pulp::{NullaryFnOnce, cast, f32x8, i8x32, i16x16, i32x8, u8x32};

use crate::rows::RowCode;

/// The largest code of an activation.
pub(crate) const LARGEST: u8 = 127;
/// Codes that one lane of 32 bits holds.
const QUAD: usize = 4;
/// Quads that are added before they are widened.
const QUADS: usize = 4;
/// Codes of one row that one step multiplies.
const STEP: usize = QUAD * QUADS;
/// Outputs that a register of sums holds.
const LANES: usize = 8;
/// Outputs that a panel of weights gives.
const PANEL: usize = 2 * LANES;

/// One step's weights for the outputs of a panel, quad by quad, register by register, lane by lane.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))] // a load over the border of a cache line costs two
struct PanelStep([[[i8; LANES * QUAD]; 2]; QUADS]);

/// What makes floats of a panel's sums.
#[derive(Debug, Clone, Copy, Default)]
struct PanelScale {
    /// What a step of each output's weights is worth.
    steps: [f32; PANEL],
    /// The sum of each output's weights.
    totals: [f32; PANEL],
    bias: [f32; PANEL],
}

/// A linear map of signed codes, laid out for these products.
#[derive(Debug)]
pub(crate) struct PairMap {
    simd: V3,
    /// Steps by panel, in the order they are read in.
    steps: Vec<PanelStep>,
    scales: Vec<PanelScale>,
    inputs: usize,
    outputs: usize,
}

impl PairMap {
    /// Lays out the rows of `codes`, one for each output, a step of which is worth `steps`; `None` where this processor cannot
    /// multiply them so.
    pub(crate) fn new(codes: &[i8], inputs: usize, steps: &[f32], bias: &[f32]) -> Option<Self> {
        let simd = V3::try_new().filter(|_| inputs.is_multiple_of(STEP))?;
        let (codes, steps): (Vec<Vec<i8>>, Vec<f32>) = codes.chunks_exact(inputs).zip(steps).map(|(row, &step)| fitted(row, step)).unzip();
        let rows: Vec<&[[i8; STEP]]> = codes.iter().map(|row| row.as_chunks().0).collect();
        let nothing = vec![[0; STEP]; inputs / STEP];
        let panels = rows.chunks(PANEL).flat_map(|panel| {
            let row = |at: usize| panel.get(at).copied().unwrap_or(&nothing);
            let lanes: [&[[i8; STEP]]; PANEL] = std::array::from_fn(row);
            (0..inputs / STEP).map(move |at| panel_step(lanes.map(|lane| lane.get(at).copied().unwrap_or_default()))).collect::<Vec<_>>()
        });
        let total = |(row, step): (&&[[i8; STEP]], &f32)| row.iter().flatten().copied().map(i32::from).sum::<i32>() as f32 * step;
        let totals: Vec<f32> = rows.iter().zip(&steps).map(total).collect();
        let of_panel = |values: &[f32], panel: usize| {
            let values = values.chunks(PANEL).nth(panel).unwrap_or_default();
            std::array::from_fn(|at| values.get(at).copied().unwrap_or_default())
        };
        let scales = (0..rows.len().div_ceil(PANEL)).map(|panel| PanelScale {
            steps: of_panel(&steps, panel),
            totals: of_panel(&totals, panel),
            bias: of_panel(bias, panel),
        });
        Some(Self { simd, steps: panels.collect(), scales: scales.collect(), inputs, outputs: rows.len() })
    }

    /// Puts the mapped rows of `codes` into `out`, or adds them to what is there.
    pub(crate) fn apply<const ADD: bool>(&self, codes: &[u8], rows: &[RowCode], out: &mut [f32]) {
        self.simd.vectorize(Apply::<ADD> { map: self, codes, rows, out });
    }
}

/// One output's codes and what a step of them is worth, coarser where sums of activations up to [`LARGEST`] could leave 16 bits.
fn fitted(codes: &[i8], step: f32) -> (Vec<i8>, f32) {
    const MOST: i32 = i16::MAX as i32 / LARGEST as i32;
    /// 1.5 × 2^23: a small float added to it is rounded to a whole number, without a call where a processor has no instruction for it.
    const WHOLE: f32 = 12_582_912.0;
    if largest_sum(codes) <= MOST {
        return (codes.to_vec(), step);
    }
    let coarser = |factor: f32| -> Vec<i8> {
        #[expect(clippy::cast_possible_truncation, reason = "nearer to zero than before")]
        codes.iter().map(|&code| (f32::from(code) / factor + WHOLE - WHOLE) as i8).collect()
    };
    let mut factor = largest_sum(codes) as f32 / MOST as f32;
    let mut fitted = coarser(factor);
    while largest_sum(&fitted) > MOST {
        factor *= 1.002; // rounding went the wrong way
        fitted = coarser(factor);
    }
    (fitted, step * factor)
}

/// The largest sum of weights of one sign that a step adds in 16 bits: the first two codes of each quad, or the last two.
fn largest_sum(codes: &[i8]) -> i32 {
    let of_step = |step: &[i8; STEP]| {
        let mut sums = [0_i32; 4];
        for quad in step.as_chunks::<QUAD>().0 {
            let [a, b, c, d] = quad.map(i32::from);
            let parts = [a.max(0) + b.max(0), c.max(0) + d.max(0), -a.min(0) - b.min(0), -c.min(0) - d.min(0)];
            sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
        }
        sums.into_iter().fold(0, i32::max)
    };
    codes.as_chunks::<STEP>().0.iter().map(of_step).max().unwrap_or_default()
}

fn panel_step(lanes: [[i8; STEP]; PANEL]) -> PanelStep {
    let mut step = PanelStep([[[0; LANES * QUAD]; 2]; QUADS]);
    for (row, lane) in lanes.iter().zip((0..2).flat_map(|register| (0..LANES).map(move |lane| (register, lane)))) {
        for (quad, codes) in step.0.iter_mut().zip(row.as_chunks::<QUAD>().0) {
            if let Some(place) = quad.get_mut(lane.0).and_then(|register| register.as_chunks_mut::<QUAD>().0.get_mut(lane.1)) {
                *place = *codes;
            }
        }
    }
    step
}

struct Apply<'a, const ADD: bool> {
    map: &'a PairMap,
    codes: &'a [u8],
    rows: &'a [RowCode],
    out: &'a mut [f32],
}

impl<const ADD: bool> NullaryFnOnce for Apply<'_, ADD> {
    type Output = ();

    /// Panel by panel, so that its weights stay in the first cache; two rows at a time share what is loaded.
    #[inline(always)]
    fn call(self) {
        let PairMap { simd, steps, scales, inputs, outputs } = self.map;
        let a_row = inputs / STEP;
        let codes = self.codes.as_chunks::<STEP>().0;
        for ((panel, scale), first) in steps.chunks_exact(a_row).zip(scales).zip((0..).step_by(PANEL)) {
            let pairs = codes.chunks(2 * a_row).zip(self.rows.chunks(2)).zip(self.out.chunks_mut(2 * outputs));
            for ((pair, rows), out) in pairs {
                let (upper, lower) = pair.split_at(a_row);
                let lower = if lower.is_empty() { upper } else { lower };
                let sums = products(*simd, panel, upper, lower);
                for ((sums, row), out) in sums.into_iter().zip(rows).zip(out.chunks_exact_mut(*outputs)) {
                    let out = out.get_mut(first..).unwrap_or_default();
                    if let Some(whole) = out.first_chunk_mut() {
                        finish::<ADD>(*simd, sums, *row, scale, whole);
                    } else {
                        let mut padded = [0.0; PANEL];
                        padded.iter_mut().zip(&*out).for_each(|(padded, before)| *padded = *before);
                        finish::<ADD>(*simd, sums, *row, scale, &mut padded);
                        out.iter_mut().zip(padded).for_each(|(out, padded)| *out = padded);
                    }
                }
            }
        }
    }
}

/// Makes floats of one row's sums: (sum − zero × total) × steps + bias.
#[inline(always)]
fn finish<const ADD: bool>(simd: V3, sums: [i32x8; 2], row: RowCode, scale: &PanelScale, out: &mut [f32; PANEL]) {
    let halves = |values: &[f32; PANEL]| cast::<[f32; PANEL], [f32x8; 2]>(*values);
    let (row_step, zero) = (simd.splat_f32x8(row.step), simd.splat_f32x8(-row.step * row.zero as f32));
    let weights = halves(&scale.steps).into_iter().zip(halves(&scale.totals)).zip(halves(&scale.bias));
    let mut made = halves(out);
    for ((made, sum), ((step, total), bias)) in made.iter_mut().zip(sums).zip(weights) {
        let before = if ADD { simd.add_f32x8(*made, bias) } else { bias };
        let step = simd.mul_f32x8(step, row_step);
        *made = simd.mul_add_f32x8(simd.convert_i32x8_to_f32x8(sum), step, simd.mul_add_f32x8(total, zero, before));
    }
    *out = cast(made);
}

/// The sums of two rows with the outputs of a panel.
#[inline(always)]
#[expect(clippy::needless_range_loop, reason = "constant ranges are unrolled, so that all sums stay in registers")]
#[expect(clippy::indexing_slicing, reason = "within those ranges")]
fn products(simd: V3, panel: &[PanelStep], upper: &[[u8; STEP]], lower: &[[u8; STEP]]) -> [[i32x8; 2]; 2] {
    let mut sums = [[simd.splat_i32x8(0); 2]; 2];
    for ((weights, upper), lower) in panel.iter().zip(upper).zip(lower) {
        let rows: [[i32; QUADS]; 2] = [cast(*upper), cast(*lower)];
        let mut narrow = [[simd.splat_i16x16(0); 2]; 2];
        for quad in 0..QUADS {
            for row in 0..2 {
                for register in 0..2 {
                    let added = pairs(simd, rows[row][quad], cast(weights.0[quad][register]));
                    narrow[row][register] = simd.wrapping_add_i16x16(narrow[row][register], added);
                }
            }
        }
        for row in 0..2 {
            for register in 0..2 {
                let wide = simd.multiply_wrapping_add_adjacent_i16x16(narrow[row][register], simd.splat_i16x16(1));
                sums[row][register] = simd.wrapping_add_i32x8(sums[row][register], wide);
            }
        }
    }
    sums
}

/// The products of one quad of activations with eight outputs' quads of weights, two added to each 16 bits.
#[inline(always)]
fn pairs(simd: V3, quad: i32, weights: i8x32) -> i16x16 {
    let quads: u8x32 = cast(simd.splat_i32x8(quad));
    cast(simd.avx2._mm256_maddubs_epi16(cast(quads), cast(weights)))
}

#[cfg(test)]
#[expect(clippy::cast_possible_truncation, reason = "small numbers on purpose")]
mod tests {
    use super::*;

    const STEPS: [f32; 40] = [0.5; 40];

    fn by_hand(codes: &[u8], weights: &[i8], inputs: usize) -> Vec<f32> {
        let product = |row: &[u8], weights: &[i8]| row.iter().zip(weights).map(|(&a, &b)| (i32::from(a) - 3) * i32::from(b)).sum::<i32>();
        let rows = codes.chunks_exact(inputs);
        rows.flat_map(|row| weights.chunks_exact(inputs).map(|weights| 1.0 + product(row, weights) as f32)).collect()
    }

    /// Every step is worth a half for weights and 2 for activations, every bias 1, and the code 3 stands for zero.
    fn found(codes: &[u8], weights: &[i8], inputs: usize) -> Option<Vec<f32>> {
        let outputs = weights.len() / inputs;
        let map = PairMap::new(weights, inputs, &STEPS[..outputs], &[1.0; 40][..outputs])?;
        let rows = vec![RowCode { zero: 3, step: 2.0 }; codes.len() / inputs];
        let mut out = vec![0.0; rows.len() * outputs];
        map.apply::<false>(codes, &rows, &mut out);
        let once = out.clone();
        map.apply::<true>(codes, &rows, &mut out);
        assert!(once.iter().zip(&out).all(|(once, twice)| (2.0 * once - twice).abs() < 1e-6 * once.abs()));
        Some(once)
    }

    /// Says so where the products cannot run.
    fn lacks_avx2() -> bool {
        let lacks = V3::try_new().is_none();
        if lacks {
            eprintln!("skipped: the products of pairs: this processor has no AVX2");
        }
        lacks
    }

    #[test]
    fn rows_are_those_by_hand() {
        if lacks_avx2() {
            return;
        }
        for (rows, outputs, inputs) in [(1, 1, 16), (2, 16, 48), (5, 37, 64)] {
            let codes: Vec<u8> = (0..rows * inputs).map(|at| (at * 37 % 128) as u8).collect();
            let weights: Vec<i8> = (0..outputs * inputs).map(|at| ((at * 53 + 11) % 63) as i8 - 31).collect();
            assert_eq!(found(&codes, &weights, inputs), Some(by_hand(&codes, &weights, inputs)), "{rows} {outputs} {inputs}");
        }
    }

    #[test]
    fn takes_weights_to_the_edge_of_sixteen_bits() {
        if lacks_avx2() {
            return;
        }
        let mut weights = [0; STEP];
        (weights[0], weights[1], weights[4]) = (127, 127, 4); // 258 × 127 is 32,766
        for sign in [1, -1] {
            let weights = weights.map(|weight: i8| weight * sign);
            assert_eq!(found(&[LARGEST; STEP], &weights, STEP), Some(by_hand(&[LARGEST; STEP], &weights, STEP)));
        }
        assert!(found(&[1; 20], &[1; 20], 20).is_none(), "not a whole number of steps");
    }

    #[test]
    fn writes_larger_weights_in_coarser_steps() {
        for codes in [[127_i8; STEP], [-128; STEP], std::array::from_fn(|at| if at % 4 < 2 { 100 } else { -90 })] {
            let (fitted, step) = fitted(&codes, 0.5);
            assert!(largest_sum(&fitted) * i32::from(LARGEST) <= i32::from(i16::MAX) && step > 0.5, "{fitted:?}");
            assert!(
                codes.iter().zip(&fitted).all(|(&before, &after)| (f32::from(before) * 0.5 - f32::from(after) * step).abs() <= step / 2.0)
            );
        }
        assert_eq!(fitted(&[16; STEP], 0.5), (vec![16; STEP], 0.5));
    }
}
