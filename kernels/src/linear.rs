//! Linear maps, with weights of 8 bits or of floats.

use std::fmt;

use rten_gemm::{BiasVector, GemmError, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::SimdOp;
use rten_tensor::NdTensorView;

#[cfg(target_arch = "x86_64")]
use crate::pairs::{self, PairMap};
use crate::rows::{CodedRows, Rescale, gelu_of};

/// The matrix kernels for this processor.
pub struct Products {
    int8: GemmExecutor<u8, i8, i32>,
    float: GemmExecutor<f32>,
}

impl Default for Products {
    fn default() -> Self {
        Self { int8: GemmExecutor::new(), float: GemmExecutor::new() }
    }
}

impl fmt::Debug for Products {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Products").field("int8", &self.int8.kernel_name()).field("float", &self.float.kernel_name()).finish()
    }
}

impl Products {
    /// Chooses the fastest of this processor.
    pub fn new() -> Self {
        Self::default()
    }

    /// The largest code of an activation: without a dot-product instruction sums of two products must fit 16 bits.
    fn largest_code(&self) -> u8 {
        if self.int8.may_saturate() { 127 } else { 255 }
    }
}

/// A learned map from rows of one width to rows of another.
pub struct Linear {
    weights: Weights,
    bias: Vec<f32>,
    inputs: usize,
}

enum Weights {
    /// Signed codes, and for each output what one step of its codes is worth and the sum of its codes.
    Int8 {
        codes: PackedBMatrix<i8>,
        steps: Vec<f32>,
        totals: Vec<i32>,
    },
    /// The same, for a processor that multiplies two codes at a time.
    #[cfg(target_arch = "x86_64")]
    Pairs(PairMap),
    Float(PackedBMatrix<f32>),
}

impl Weights {
    /// Lays out codes, a row for each output, in the way this processor multiplies fastest.
    fn int8(codes: &[i8], inputs: usize, steps: Vec<f32>, bias: &[f32], products: &Products) -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(map) = products.int8.may_saturate().then(|| PairMap::new(codes, inputs, &steps, bias)).flatten() {
            return Self::Pairs(map);
        }
        let matrix = NdTensorView::from_data([steps.len(), inputs], codes);
        let totals = codes.chunks_exact(inputs).map(|row| row.iter().copied().map(i32::from).sum()).collect();
        Self::Int8 { codes: products.int8.prepack_b(matrix.transposed()), steps, totals }
    }
}

/// Memory that linear maps work in.
#[derive(Debug, Default)]
pub struct LinearBuffers {
    coded: CodedRows,
    sums: Vec<i32>,
    /// What is mapped where it is bent first.
    bent: Vec<f32>,
}

impl fmt::Debug for Linear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Linear").field("inputs", &self.inputs).field("outputs", &self.bias.len()).finish_non_exhaustive()
    }
}

impl Linear {
    /// A map of signed codes, a row of `inputs` for each output, with what a step of each row's codes is worth; `None` where the
    /// numbers of codes, steps and biases do not fit each other.
    pub fn of_codes(codes: &[i8], inputs: usize, steps: Vec<f32>, bias: Vec<f32>, products: &Products) -> Option<Self> {
        let fit = inputs != 0 && codes.len() == inputs * steps.len() && steps.len() == bias.len();
        fit.then(|| Self { weights: Weights::int8(codes, inputs, steps, &bias, products), bias, inputs })
    }

    /// A map of floats, a row of `inputs` for each output; `None` where the numbers of weights and biases do not fit.
    pub fn of_floats(weights: &[f32], inputs: usize, bias: Vec<f32>, products: &Products) -> Option<Self> {
        let fit = inputs != 0 && weights.len() == inputs * bias.len();
        fit.then(|| {
            let matrix = NdTensorView::from_data([bias.len(), inputs], weights);
            Self { weights: Weights::Float(products.float.prepack_b(matrix.transposed())), bias, inputs }
        })
    }

    /// The width of what comes out.
    pub fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// Puts the mapped rows of `input` into `out`.
    ///
    /// # Errors
    /// Where `input` is no whole number of rows.
    pub fn apply(&self, input: &[f32], products: &Products, buffers: &mut LinearBuffers, out: &mut Vec<f32>) -> Result<(), GemmError> {
        out.resize(input.len() / self.inputs * self.outputs(), 0.0);
        self.run::<false, false>(input, products, buffers, out)
    }

    /// Adds the mapped rows of `input` to those of `out`.
    ///
    /// # Errors
    /// Where `input` is no whole number of rows, or `out` has not as many.
    pub fn add_to(&self, input: &[f32], products: &Products, buffers: &mut LinearBuffers, out: &mut [f32]) -> Result<(), GemmError> {
        self.run::<false, true>(input, products, buffers, out)
    }

    /// Adds the mapped rows of the Gaussian error linear units of `input` to those of `out`.
    ///
    /// # Errors
    /// Where `input` is no whole number of rows, or `out` has not as many.
    pub fn add_gelu_to(&self, input: &[f32], products: &Products, buffers: &mut LinearBuffers, out: &mut [f32]) -> Result<(), GemmError> {
        self.run::<true, true>(input, products, buffers, out)
    }

    fn run<const GELU: bool, const ADD: bool>(
        &self,
        input: &[f32],
        products: &Products,
        buffers: &mut LinearBuffers,
        out: &mut [f32],
    ) -> Result<(), GemmError> {
        let rows = input.len() / self.inputs;
        let LinearBuffers { coded, sums, bent } = buffers;
        match &self.weights {
            Weights::Int8 { codes, steps, totals } => {
                coded.fill::<GELU>(input, self.inputs, products.largest_code());
                sums.resize(rows * self.outputs(), 0);
                let matrix = GemmInputA::Unpacked(NdTensorView::from_data([rows, self.inputs], &*coded.codes));
                products.int8.gemm(sums, matrix, GemmInputB::Packed(codes), GemmOptions::default())?;
                Rescale::<ADD> { sums, rows: &coded.rows, totals, steps, bias: &self.bias, out }.dispatch();
            }
            #[cfg(target_arch = "x86_64")]
            Weights::Pairs(map) => {
                coded.fill::<GELU>(input, self.inputs, pairs::LARGEST);
                map.apply::<ADD>(&coded.codes, &coded.rows, out);
            }
            Weights::Float(weights) => {
                let input = if GELU {
                    bent.clear();
                    bent.extend_from_slice(input);
                    gelu_of(bent);
                    &*bent
                } else {
                    input
                };
                let matrix = GemmInputA::Unpacked(NdTensorView::from_data([rows, self.inputs], input));
                let beta = if ADD { 1.0 } else { 0.0 };
                let options = GemmOptions { beta, bias: Some(BiasVector::Row(&self.bias)), ..GemmOptions::default() };
                products.float.gemm(out, matrix, GemmInputB::Packed(weights), options)?;
            }
        }
        Ok(())
    }
}
