//! The curved functions, close enough for activations that are rounded to 8 bits anyway.

#![expect(clippy::inline_always, reason = "vector code has its instructions only inside the function that `dispatch` calls")]

use rten_simd::ops::{BitOps, IntOps, NumOps};
use rten_simd::{Isa, Simd};

/// The Gaussian error linear unit (Hendrycks and Gimpel 2016), x Φ(x), within 5e-5 where |x| ≤ 4 and 5e-5 of |x| beyond.
///
/// Φ(x) is ½ and x times a polynomial of x² up to 4, the one with the smallest largest error of x Φ(x) there.
#[inline(always)]
pub(crate) fn gelu<I: Isa>(isa: I, x: I::F32) -> I::F32 {
    const END: f32 = 4.0;
    const SQUARES: [f32; 8] =
        [0.398_673_4, -0.065_887_846, 0.009_505_399, -0.001_006_490_6, 7.485_507e-5, -3.657_134e-6, 1.041_961e-7, -1.301_295e-9];
    let floats = isa.f32();
    let within = floats.clamp(x, floats.splat(-END), floats.splat(END));
    let slope = polynomial(isa, SQUARES, floats.mul(within, within));
    floats.mul(x, floats.mul_add(within, slope, floats.splat(0.5)))
}

/// e to the power of `x`, which is not above 0, within 1e-5 of itself; not below 2 to the power of -125.
///
/// The whole part of the power of 2 goes into the exponent's bits, the rest, between -½ and ½, into a polynomial.
#[inline(always)]
pub(crate) fn exp_of_negative<I: Isa>(isa: I, x: I::F32) -> I::F32 {
    /// 1.5 × 2^23: a small float added to it is rounded to a whole number, which its lowest bits then hold.
    const WHOLE: f32 = 12_582_912.0;
    const LOWEST: f32 = -125.0;
    const POWERS: [f32; 5] = [0.999_999_3, 0.693_121_8, 0.240_247_44, 0.055_917_863, 0.009_570_102];
    let (floats, ints) = (isa.f32(), isa.i32());
    let power = floats.max(floats.mul(x, floats.splat(std::f32::consts::LOG2_E)), floats.splat(LOWEST));
    let whole = floats.add(power, floats.splat(WHOLE));
    let rest = floats.sub(power, floats.sub(whole, floats.splat(WHOLE)));
    let exponent = ints.shift_left::<23>(whole.reinterpret_cast());
    ints.add(polynomial(isa, POWERS, rest).reinterpret_cast(), exponent).reinterpret_cast()
}

/// The polynomial of `x` with these coefficients, that of the lowest power first.
#[inline(always)]
fn polynomial<I: Isa, const N: usize>(isa: I, coefficients: [f32; N], x: I::F32) -> I::F32 {
    let floats = isa.f32();
    let mut sum = floats.zero();
    for coefficient in coefficients.into_iter().rev() {
        sum = floats.mul_add(sum, x, floats.splat(coefficient));
    }
    sum
}

#[cfg(test)]
mod tests {
    use rten_simd::SimdOp;
    use rten_simd::functional::simd_apply;

    use super::*;

    struct Curves<'a> {
        gelu: &'a mut [f32],
        exp: &'a mut [f32],
    }

    impl SimdOp for Curves<'_> {
        type Output = ();

        fn eval<I: Isa>(self, isa: I) {
            simd_apply::<_, _, _, 1>(isa.f32(), self.gelu, |x| gelu(isa, x));
            simd_apply::<_, _, _, 1>(isa.f32(), self.exp, |x| exp_of_negative(isa, x));
        }
    }

    #[test]
    fn curves_are_those_of_the_books() {
        let gelu_at: Vec<f32> = (-1200..=1200).map(|at| at as f32 / 100.0).collect();
        let exp_at: Vec<f32> = (0..=9000).map(|at| at as f32 / -100.0).collect();
        let (mut gelu, mut exp) = (gelu_at.clone(), exp_at.clone());
        Curves { gelu: &mut gelu, exp: &mut exp }.dispatch();
        for (&x, &found) in gelu_at.iter().zip(&gelu) {
            let exact = x * cumulative(x);
            let most = if x.abs() <= 4.0 { 5e-5 } else { 5e-5 * x.abs() };
            assert!((found - exact).abs() <= most, "gelu({x}) = {exact}, not {found}");
        }
        for (&x, &found) in exp_at.iter().zip(&exp) {
            let exact = x.exp();
            assert!((found - exact).abs() <= 1e-5 * exact + 1e-37, "exp({x}) = {exact}, not {found}");
        }
    }

    /// The normal distribution function, its series added up (Marsaglia 2004, "Evaluating the normal distribution").
    fn cumulative(x: f32) -> f32 {
        let x = f64::from(x);
        if x.abs() > 8.0 {
            return if x < 0.0 { 0.0 } else { 1.0 };
        }
        let (mut sum, mut term) = (x, x);
        let mut at = 1.0;
        while term.abs() > 1e-18 {
            at += 2.0;
            term *= x * x / at;
            sum += term;
        }
        #[expect(clippy::cast_possible_truncation, reason = "compared as floats of 32 bits")]
        let found = (0.5 + sum * (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()) as f32;
        found
    }
}
