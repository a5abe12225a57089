//! Measures several subjects in turns, so that whatever else the machine does hits all of them alike.

use anyhow::Result;

use crate::measure::{Load, Millis, median};

/// Something that can be put under load.
pub struct Subject<'a> {
    pub name: &'static str,
    pub measure: Box<dyn FnMut() -> Result<Load> + 'a>,
}

impl<'a> Subject<'a> {
    pub fn new(name: &'static str, measure: impl FnMut() -> Result<Load> + 'a) -> Self {
        Self { name, measure: Box::new(measure) }
    }
}

/// All rounds of one subject.
#[derive(Clone, Debug)]
pub struct Series {
    pub name: &'static str,
    pub loads: Vec<Load>,
}

impl Series {
    pub fn per_second(&self) -> f64 {
        median(self.loads.iter().map(|load| load.per_second))
    }

    pub fn p50(&self) -> Millis {
        self.median_of(|load| load.p50)
    }

    pub fn p95(&self) -> Millis {
        self.median_of(|load| load.p95)
    }

    pub fn p99(&self) -> Millis {
        self.median_of(|load| load.p99)
    }

    fn median_of(&self, of: impl Fn(&Load) -> Option<Millis>) -> Millis {
        Millis(median(self.loads.iter().filter_map(of).map(|millis| millis.0)))
    }
}

/// Measures each subject once per round, forwards and backwards in turns.
pub fn alternate<const N: usize>(
    rounds: u32,
    mut subjects: [Subject<'_>; N],
) -> Result<[Series; N]> {
    let mut series = subjects.each_ref().map(|s| Series { name: s.name, loads: Vec::new() });
    for round in 0..rounds {
        for place in 0..N {
            let chosen = if round % 2 == 0 { place } else { N - 1 - place };
            series[chosen].loads.push((subjects[chosen].measure)()?);
        }
    }
    Ok(series)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_forwards_and_backwards() {
        let order = &std::cell::RefCell::new(Vec::new());
        let subject = |name| {
            Subject::new(name, move || {
                order.borrow_mut().push(name);
                Ok(Load::default())
            })
        };
        let [a, _] = alternate(3, [subject("a"), subject("b")]).unwrap();
        assert_eq!(*order.borrow(), ["a", "b", "b", "a", "a", "b"]);
        assert_eq!(a.loads.len(), 3);
    }
}
