//! Sums of demand and street length by band of minutes.

use precinct_base::Millimetres;

use crate::text::numbers::{Share, Thousandths};

/// What lies in each band: band 0 is within the first threshold, the last band is beyond all thresholds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tally {
    demand: Vec<u64>,
    streets: Vec<u64>,
}

impl Tally {
    /// Nothing, for so many thresholds.
    pub(crate) fn new(thresholds: usize) -> Self {
        Self { demand: vec![0; thresholds + 1], streets: vec![0; thresholds + 1] }
    }

    /// Adds demand (thousandths) to a band.
    pub(crate) fn add_demand(&mut self, band: usize, weight: u64) {
        self.demand[band] = self.demand[band].saturating_add(weight);
    }

    /// Adds street length to a band.
    pub(crate) fn add_street(&mut self, band: usize, length: Millimetres) {
        self.streets[band] = self.streets[band].saturating_add(length.0);
    }

    /// All demand.
    pub(crate) fn demand_total(&self) -> Thousandths {
        Thousandths(self.demand.iter().sum())
    }

    /// All street length.
    pub(crate) fn street_total(&self) -> Millimetres {
        Millimetres(self.streets.iter().sum())
    }

    /// Demand within a threshold, by its index.
    pub(crate) fn demand_within(&self, threshold: usize) -> Thousandths {
        Thousandths(self.demand[..=threshold].iter().sum())
    }

    /// Street length within a threshold, by its index.
    pub(crate) fn street_within(&self, threshold: usize) -> Millimetres {
        Millimetres(self.streets[..=threshold].iter().sum())
    }

    /// The share of demand within a threshold; nothing if there is no demand.
    pub(crate) fn demand_share(&self, threshold: usize) -> Option<Share> {
        let total = self.demand_total().0;
        (total > 0).then(|| Share::of(self.demand_within(threshold).0, total))
    }

    /// The share of street length within a threshold; nothing if there are no streets.
    pub(crate) fn street_share(&self, threshold: usize) -> Option<Share> {
        let total = self.street_total().0;
        (total > 0).then(|| Share::of(self.street_within(threshold).0, total))
    }

    /// Whether it holds nothing at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.demand_total().0 == 0 && self.street_total().0 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_band_by_band() {
        let mut tally = Tally::new(2);
        assert!(
            tally.is_empty() && tally.demand_share(0).is_none() && tally.street_share(1).is_none()
        );
        tally.add_demand(0, 1_000);
        tally.add_demand(1, 2_000);
        tally.add_demand(2, 1_000);
        tally.add_street(2, Millimetres(10));
        assert_eq!(
            (tally.demand_share(0), tally.demand_share(1)),
            (Some(Share(2_500)), Some(Share(7_500)))
        );
        assert_eq!(
            (tally.demand_total(), tally.demand_within(1)),
            (Thousandths(4_000), Thousandths(3_000))
        );
        assert_eq!(
            (tally.street_share(1), tally.street_total()),
            (Some(Share(0)), Millimetres(10))
        );
        assert!(!tally.is_empty());
    }
}
