//! Like numbers together, so that what holds for all pairs of a movie and a user is computed for
//! some ten thousands of pairs instead of some ten thousand millions.

/// How many numbers there are of about one size.
#[derive(Clone, Copy, Debug)]
pub struct Class {
    pub members: f64,
    pub mean: f64,
}

/// By how much the largest number of a class is larger than the smallest, at most.
const WIDTH: f64 = 1.03;

/// Groups numbers that come in descending order, and says which class each belongs to.
pub fn classify(descending: &[f64]) -> (Vec<Class>, Vec<usize>) {
    let mut classes: Vec<Class> = Vec::new();
    let mut class_of = Vec::with_capacity(descending.len());
    let mut largest = f64::INFINITY;
    for &number in descending {
        match classes.last_mut() {
            Some(class) if number * WIDTH >= largest => {
                class.mean += (number - class.mean) / (class.members + 1.0);
                class.members += 1.0;
            }
            _ => {
                classes.push(Class { members: 1.0, mean: number });
                largest = number;
            }
        }
        class_of.push(classes.len() - 1);
    }
    (classes, class_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_what_is_alike() {
        let (classes, class_of) = classify(&[100.0, 99.0, 98.0, 50.0, 1.0, 1.0]);
        assert_eq!(class_of, [0, 0, 0, 1, 2, 2]);
        assert_eq!((classes[0].members, classes[0].mean), (3.0, 99.0));
        assert_eq!((classes[2].members, classes[2].mean), (2.0, 1.0));
    }
}
