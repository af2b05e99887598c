//! Whether a confidence means what it says: expected calibration error and ranking.

/// Confidences with whether each was right.
#[derive(Debug, Clone, Default)]
pub(crate) struct Calibration {
    points: Vec<(f64, bool)>,
}

/// Bins of the calibration error.
const BINS: usize = 10;

impl Calibration {
    pub(crate) fn add(&mut self, confidence: f64, is_right: bool) {
        self.points.push((confidence, is_right));
    }

    /// The expected calibration error in ten bins of equal width (Guo et al. 2017): how far, on average, the share of right ones is
    /// from the mean confidence. 0 to 1; `None` without points.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a confidence of 0 to 1 times ten")]
    pub(crate) fn expected_error(&self) -> Option<f64> {
        let mut bins = [(0.0, 0_usize, 0_usize); BINS];
        for &(confidence, is_right) in &self.points {
            let at = ((confidence * BINS as f64) as usize).min(BINS - 1);
            if let Some((sum, right, all)) = bins.get_mut(at) {
                *sum += confidence;
                *right += usize::from(is_right);
                *all += 1;
            }
        }
        let apart: f64 = bins.iter().map(|&(sum, right, _)| (sum - right as f64).abs()).sum();
        (!self.points.is_empty()).then(|| apart / self.points.len() as f64)
    }

    /// How often a right one has the higher confidence than a wrong one, ties counted half: the area under the ROC curve.
    /// `None` where all are right, or all wrong.
    pub(crate) fn area_under_curve(&self) -> Option<f64> {
        let mut sorted = self.points.clone();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut wrong_below, mut wins, mut right) = (0.0, 0.0, 0.0);
        for ties in sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
            let right_here = ties.iter().filter(|(_, is_right)| *is_right).count() as f64;
            let wrong_here = ties.len() as f64 - right_here;
            wins += right_here * (wrong_below + wrong_here / 2.0);
            wrong_below += wrong_here;
            right += right_here;
        }
        let pairs = right * wrong_below;
        (pairs > 0.0).then(|| wins / pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(points: &[(f64, bool)]) -> Calibration {
        Calibration { points: points.to_vec() }
    }

    #[test]
    fn error_is_the_gap_between_confidence_and_share() {
        let sure = of(&[(0.95, true), (0.95, true), (0.95, false), (0.95, false)]);
        assert!((sure.expected_error().unwrap() - 0.45).abs() < 1e-9);
        let honest = of(&[(0.5, true), (0.5, false), (1.0, true)]);
        assert!(honest.expected_error().unwrap() < 1e-9);
        assert_eq!(of(&[]).expected_error(), None);
    }

    #[test]
    fn area_counts_pairs_in_the_right_order() {
        assert_eq!(of(&[(0.1, false), (0.9, true)]).area_under_curve(), Some(1.0));
        assert_eq!(of(&[(0.9, false), (0.1, true)]).area_under_curve(), Some(0.0));
        // Of the four pairs two are in order and one is a tie.
        assert_eq!(of(&[(0.2, false), (0.6, true), (0.6, false), (0.4, true)]).area_under_curve(), Some(0.625));
        assert_eq!(of(&[(0.5, true)]).area_under_curve(), None);
    }
}
