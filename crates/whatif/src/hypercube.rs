//! An instant answer without simulating: Larson's approximate hypercube for crews that differ and queues that are not full.
//!
//! R. C. Larson, *Approximating the performance of urban emergency service systems*, Operations Research 23 (1975): each crew is busy a
//! share of the time, crews are tried in order of distance, and a factor mends that they are not busy independently of each other. Service
//! times follow from who is sent where, as in J. P. Jarvis, *Approximating the equilibrium behavior of multi-server loss systems*,
//! Management Science 31 (1985). It knows one rate of calls, one class of urgency, one crew to a call and crews at their posts; how far it is
//! off is for the simulation to say.

/// What is asked: places and crews as a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Hypercube {
    /// Calls an hour from each place.
    pub rates: Vec<f64>,
    /// For each crew, the minutes it takes to each place; infinite is "no way there".
    pub minutes: Vec<Vec<f64>>,
    /// Minutes that a task takes beside driving there: turning out, at the scene, and whatever follows before the crew can be sent again.
    pub task: f64,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Approximation {
    /// The share of its time that each crew is busy.
    pub busy: Vec<f64>,
    /// Minutes driven to a call on average.
    pub drive: f64,
    /// The share of calls that find every crew busy.
    pub waits: f64,
    /// Minutes that calls wait for a crew on average, those that do not wait among them.
    pub wait: f64,
}

/// Rounds after which it is as settled as it will be.
const ROUNDS: usize = 200;

impl Hypercube {
    /// The answer; none where crews would be busy all the time, or nobody calls or answers.
    pub fn solve(&self) -> Option<Approximation> {
        let (crews, all) = (self.minutes.len(), self.rates.iter().sum::<f64>() / 60.0);
        if crews == 0 || all <= 0.0 {
            return None;
        }
        let order = self.order();
        let mut drive = 0.0;
        let mut busy = vec![0.0; crews];
        let mut told = None;
        for _ in 0..ROUNDS {
            let load = all * (self.task + drive) / crews as f64;
            if load >= 1.0 {
                return None;
            }
            let (idle, waits) = equilibrium(crews, load);
            let factors = factors(crews, load, idle);
            if busy.iter().all(|share| *share <= 0.0) {
                busy.fill(load);
            }
            let (rates, driven) = self.sent(&order, &factors, &busy);
            // Who waits gets whoever is free first.
            let any = all * waits / crews as f64;
            let service = self.task + drive;
            let next = rates.iter().map(|rate| (rate + any) * service / (1.0 + rate * service));
            let mut next: Vec<f64> = next.collect();
            let scale = load * crews as f64 / next.iter().sum::<f64>();
            for share in &mut next {
                *share = (*share * scale).min(0.999_999);
            }
            let moved = busy.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            let mean = driven * (1.0 - waits) + self.anybody() * waits;
            let settled = moved < 1e-9 && (mean - drive).abs() < 1e-9;
            (busy, drive) = (next, mean);
            let wait = waits * service / (crews as f64 * (1.0 - load));
            told = Some(Approximation { busy: busy.clone(), drive, waits, wait });
            if settled {
                break;
            }
        }
        told
    }

    /// For each place, crews by distance; of several as near, in order.
    fn order(&self) -> Vec<Vec<usize>> {
        let of = |place: usize| {
            let mut crews: Vec<usize> = (0..self.minutes.len()).collect();
            crews.sort_by(|&a, &b| self.minutes[a][place].total_cmp(&self.minutes[b][place]));
            crews
        };
        (0..self.rates.len()).map(of).collect()
    }

    /// For each crew, the rate a minute at which it would be sent if it were always free; and the mean drive of those sent at once.
    fn sent(&self, order: &[Vec<usize>], factors: &[f64], busy: &[f64]) -> (Vec<f64>, f64) {
        let mut rates = vec![0.0; busy.len()];
        let (mut minutes, mut weight) = (0.0, 0.0);
        for (place, crews) in order.iter().enumerate() {
            let mut before = self.rates[place] / 60.0;
            for (&crew, factor) in crews.iter().zip(factors) {
                let share = before * factor;
                rates[crew] += share;
                let drive = self.minutes[crew][place];
                if drive.is_finite() {
                    minutes += share * (1.0 - busy[crew]) * drive;
                    weight += share * (1.0 - busy[crew]);
                }
                before *= busy[crew];
            }
        }
        (rates, if weight > 0.0 { minutes / weight } else { 0.0 })
    }

    /// The mean drive of any crew to any call.
    fn anybody(&self) -> f64 {
        let all: f64 = self.rates.iter().sum();
        let of_crew = |minutes: &Vec<f64>| {
            let drives = minutes.iter().zip(&self.rates).filter(|(drive, _)| drive.is_finite());
            drives.map(|(drive, rate)| drive * rate).sum::<f64>() / all
        };
        self.minutes.iter().map(of_crew).sum::<f64>() / self.minutes.len() as f64
    }
}

/// Of M/M/N at a load: the chance that nobody is busy, and that all are.
fn equilibrium(crews: usize, load: f64) -> (f64, f64) {
    let offered = load * crews as f64;
    let (mut term, mut sum) = (1.0, 0.0);
    for n in 0..crews {
        sum += term;
        term *= offered / (n + 1) as f64;
    }
    let queued = term / (1.0 - load);
    let idle = 1.0 / (sum + queued);
    (idle, queued * idle)
}

/// Larson's factors: how much likelier than by independent chances it is that the first k crews are busy and the next is not, k from 0.
fn factors(crews: usize, load: f64, idle: f64) -> Vec<f64> {
    let count = crews as f64;
    let of = |k: usize| -> f64 {
        let term = |j: usize| {
            let log = libm::lgamma((crews - k) as f64) - libm::lgamma((j - k + 1) as f64)
                + j as f64 * libm::log(count)
                - libm::lgamma(count + 1.0)
                + (j - k) as f64 * libm::log(load);
            (crews - j) as f64 * libm::exp(log)
        };
        (k..crews).map(term).sum::<f64>() * idle / (1.0 - load)
    };
    (0..crews).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_crew_tried_is_free_as_often_as_any() {
        for (crews, load) in [(1, 0.3), (5, 0.5), (40, 0.8)] {
            let (idle, _) = equilibrium(crews, load);
            let factors = factors(crews, load, idle);
            assert!((factors[0] - 1.0).abs() < 1e-9, "{factors:?}");
            assert_eq!(factors.len(), crews);
        }
    }

    #[test]
    fn crews_that_are_alike_are_a_plain_queue() {
        let (crews, task) = (4, 20.0);
        let cube = Hypercube { rates: vec![3.0, 3.0], minutes: vec![vec![2.0, 2.0]; crews], task };
        let told = cube.solve().unwrap();
        let load = 6.0 / 60.0 * 22.0 / 4.0;
        let (_, waits) = equilibrium(crews, load);
        assert!((told.drive - 2.0).abs() < 1e-9 && (told.waits - waits).abs() < 1e-9);
        assert!((told.wait - waits * 22.0 / (4.0 * (1.0 - load))).abs() < 1e-9);
        let mean = told.busy.iter().sum::<f64>() / 4.0;
        assert!((mean - load).abs() < 1e-6, "{told:?}");
    }

    #[test]
    fn one_crew_is_busy_as_its_load_says_and_too_much_is_told() {
        let cube = |rate| Hypercube { rates: vec![rate], minutes: vec![vec![5.0]], task: 10.0 };
        let told = cube(2.0).solve().unwrap();
        assert!((told.busy[0] - 0.5).abs() < 1e-9 && (told.waits - 0.5).abs() < 1e-9);
        assert_eq!(cube(4.0).solve(), None);
        assert_eq!(Hypercube { rates: vec![], minutes: vec![], task: 1.0 }.solve(), None);
    }
}
