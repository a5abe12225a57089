//! Draws by weight in constant time: the alias method, as Vose wrote it down in "A Linear Algorithm
//! for Generating Random Numbers with a Given Distribution" (1991).

use rand::RngExt;

use super::random::Random;

/// Numbers from 0 on, each drawn as often as its weight says.
pub struct Weighted {
    /// Each cell holds its own number with this probability, and another one otherwise.
    cells: Vec<(f64, u32)>,
}

impl Weighted {
    pub fn new(weights: &[f64]) -> Self {
        let mean = weights.iter().sum::<f64>() / weights.len() as f64;
        let mut cells: Vec<(f64, u32)> =
            (0u32..).zip(weights).map(|(number, weight)| (weight / mean, number)).collect();
        let numbers = 0..cells.len();
        let (mut poor, mut rich): (Vec<_>, Vec<_>) = numbers.partition(|&n| cells[n].0 < 1.0);
        while let (Some(&giver), Some(taker)) = (rich.last(), poor.pop()) {
            cells[taker].1 = giver as u32;
            cells[giver].0 -= 1.0 - cells[taker].0;
            if cells[giver].0 < 1.0 {
                rich.pop();
                poor.push(giver);
            }
        }
        Self { cells }
    }

    pub fn draw(&self, random: &mut Random) -> u32 {
        let cell = random.random_range(0..self.cells.len());
        let (own, other) = self.cells[cell];
        if random.random::<f64>() < own { cell as u32 } else { other }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::random::{Purpose, stream};

    #[test]
    fn draws_as_often_as_the_weights_say() {
        let weighted = Weighted::new(&[5.0, 1.0, 0.0, 4.0]);
        let mut random = stream(1, Purpose::Ratings, 0);
        let mut drawn = [0; 4];
        for _ in 0..10_000 {
            drawn[weighted.draw(&mut random) as usize] += 1;
        }
        assert!((4_800..5_200).contains(&drawn[0]), "{drawn:?}");
        assert!((900..1_100).contains(&drawn[1]), "{drawn:?}");
        assert_eq!(drawn[2], 0);
    }
}
