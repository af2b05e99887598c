//! Logistic regression with a ridge, by Newton's method: a handful of weights, a few hundred rows, the same result every time.

/// How many numbers a row has.
pub(super) const WIDTH: usize = 3;

/// The numbers of a row, with the log odds it has without them and what it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) numbers: [f64; WIDTH],
    pub(super) odds: f64,
    pub(super) is_true: bool,
}

/// The weights of the most likely change of the rows' log odds, each held to zero by its `ridge`.
pub(super) fn fit(rows: &[Row], ridge: [f64; WIDTH]) -> [f64; WIDTH] {
    const STEPS: usize = 30;
    const ENOUGH: f64 = 1e-7;
    let mut weights = [0.0; WIDTH];
    for _ in 0..STEPS {
        let mut slope = [0.0; WIDTH];
        let mut curve = [[0.0; WIDTH]; WIDTH];
        for row in rows {
            let odds = row.odds + row.numbers.iter().zip(&weights).map(|(number, weight)| number * weight).sum::<f64>();
            let probability = super::super::clues::probability(odds);
            let (missing, spread) = (f64::from(u8::from(row.is_true)) - probability, probability * (1.0 - probability));
            for ((slope, curve), number) in slope.iter_mut().zip(&mut curve).zip(row.numbers) {
                *slope += number * missing;
                curve.iter_mut().zip(row.numbers).for_each(|(cell, other)| *cell += number * other * spread);
            }
        }
        for (at, ((slope, curve), hold)) in slope.iter_mut().zip(&mut curve).zip(ridge).enumerate() {
            *slope -= hold * weights.get(at).copied().unwrap_or_default();
            curve.iter_mut().skip(at).take(1).for_each(|cell| *cell += hold);
        }
        let step = solve(curve, slope);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight += step);
        if step.iter().all(|step| step.abs() < ENOUGH) {
            break;
        }
    }
    weights
}

/// Solves the equations of a symmetric matrix whose diagonal a ridge keeps above zero (Gaussian elimination, no pivots needed).
fn solve(mut matrix: [[f64; WIDTH]; WIDTH], mut right: [f64; WIDTH]) -> [f64; WIDTH] {
    for at in 0..WIDTH {
        let (Some(&row), Some(&value)) = (matrix.get(at), right.get(at)) else { continue };
        let pivot = row.get(at).copied().filter(|pivot| pivot.abs() > f64::EPSILON).unwrap_or(1.0);
        for (below, (other, result)) in matrix.iter_mut().zip(&mut right).enumerate() {
            let share = other.get(at).copied().unwrap_or_default() / pivot;
            if below != at {
                other.iter_mut().zip(row).for_each(|(cell, own)| *cell -= share * own);
                *result -= share * value;
            }
        }
    }
    let mut solved = [0.0; WIDTH];
    for (at, (solved, row)) in solved.iter_mut().zip(matrix).enumerate() {
        let pivot = row.get(at).copied().filter(|pivot| pivot.abs() > f64::EPSILON).unwrap_or(1.0);
        *solved = right.get(at).copied().unwrap_or_default() / pivot;
    }
    solved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_equations_are_solved() {
        let solved = solve([[4.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]], [6.0, 10.0, 8.0]);
        for (found, expected) in solved.iter().zip([1.0, 2.0, 3.0]) {
            assert!((found - expected).abs() < 1e-9, "{solved:?}");
        }
    }

    #[test]
    fn a_bias_meets_the_share_and_a_ridge_holds_it() {
        let rows: Vec<Row> = (0..100).map(|at| Row { numbers: [1.0, 0.0, 0.0], odds: 0.0, is_true: at < 25 }).collect();
        let free = fit(&rows, [1e-6, 1.0, 1.0]);
        assert!((free[0] - (1.0_f64 / 3.0).ln()).abs() < 1e-4 && free[1].abs() < 1e-12, "{free:?}");
        assert!(fit(&rows, [50.0, 1.0, 1.0])[0] > free[0] / 2.0);
    }
}
