//! Randomness that is the same on every machine, and what it is shaped into.

use std::f64::consts::TAU;

use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};

/// A generator whose output never changes between versions and machines.
pub type Random = Xoshiro256PlusPlus;

/// What draws of its own are made for, so that a change in one leaves the others as they are.
#[derive(Clone, Copy)]
#[repr(u64)]
pub enum Purpose {
    Activity = 1,
    MovieIds,
    Quality,
    Titles,
    Ratings,
}

/// Independent randomness for one purpose, and for one item of it.
pub fn stream(seed: u64, purpose: Purpose, item: u64) -> Random {
    // Odd factors spread the bits; seeding mixes them further.
    let purpose = (purpose as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let item = item.wrapping_mul(0xD1B5_4A32_D192_ED03);
    Random::seed_from_u64(seed ^ purpose ^ item)
}

/// A number of the normal distribution with mean 0 and standard deviation 1, by Box and Muller.
pub fn normal(random: &mut Random) -> f64 {
    let (radius, angle): (f64, f64) = (random.random(), random.random());
    (-2.0 * (1.0 - radius).ln()).sqrt() * (TAU * angle).cos()
}

/// The share of the normal distribution below `x`; formula 7.1.26 of Abramowitz and Stegun, off by
/// less than 1e-6.
pub fn normal_share_below(x: f64) -> f64 {
    const A: [f64; 5] = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429];
    let z = x.abs() / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.3275911 * z);
    let series = A.iter().rev().fold(0.0, |sum, a| (sum + a) * t);
    let error = 1.0 - series * (-z * z).exp();
    if x < 0.0 { (1.0 - error) / 2.0 } else { (1.0 + error) / 2.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_normal_distribution() {
        for (x, share) in [(0.0, 0.5), (1.0, 0.841_345), (-1.96, 0.024_998), (4.0, 0.999_968)] {
            assert!((normal_share_below(x) - share).abs() < 1e-5, "{x}");
        }
    }

    #[test]
    fn draws_from_it() {
        let mut random = stream(1, Purpose::Quality, 0);
        let drawn: Vec<f64> = (0..20_000).map(|_| normal(&mut random)).collect();
        let below = |x| drawn.iter().filter(|n| **n < x).count() as f64 / 20_000.0;
        for x in [-1.5, 0.0, 0.7, 2.0] {
            assert!((below(x) - normal_share_below(x)).abs() < 0.015, "{x}");
        }
    }

    #[test]
    fn streams_differ_by_seed_purpose_and_item() {
        let first = |seed, purpose, item| stream(seed, purpose, item).random::<u64>();
        let all = [
            first(1, Purpose::Titles, 1),
            first(2, Purpose::Titles, 1),
            first(1, Purpose::Ratings, 1),
            first(1, Purpose::Titles, 2),
        ];
        assert!((1..4).all(|n| !all[..n].contains(&all[n])));
    }
}
