//! Which user gives which movie which score next, for the load generators: 10,000 movies, as frequent
//! as the first 10,000 of MovieLens 32M, thousands of users, and scores as frequent as there.

use anyhow::Result;

use crate::dataset::{Dataset, score_shares};
use crate::load::Tokens;

const USERS: u32 = 5_000;
const MOVIES: usize = 10_000;
/// How many requests wrk draws before it begins, so that drawing them costs the service nothing.
const REQUESTS: usize = 50_000;
/// The ranks between which all movies are about equally frequent.
const STEPS: usize = 30;

/// An expression in Lua for the number of a movie.
pub fn spread(dataset: &Dataset) -> String {
    let steps = steps(dataset);
    let list: Vec<String> =
        steps.iter().map(|Step { share, rank }| format!("{{{share:.6},{rank}}}")).collect();
    format!("pick({{{}}})", list.join(","))
}

/// Makes wrk send ratings by thousands of users, each with a token of their own. `movie` is a Lua
/// expression.
pub fn wrk_script(users: u32, movie: &str) -> Result<String> {
    let issuer = Tokens::new()?;
    let tokens = (1..=users.min(USERS)).map(|user| Ok(format!("'{}'", issuer.of_user(user)?)));
    let tokens = tokens.collect::<Result<Vec<_>>>()?.join(",\n");
    let (picked, movie) = match movie.strip_prefix("pick(") {
        Some(steps) => (steps.trim_end_matches(')'), "pick(steps)"),
        None => ("{}", movie),
    };
    let shares = score_shares().map(|share| format!("{share:.6}")).join(",");
    Ok(format!(
        "local tokens = {{{tokens}}}
        local steps = {picked}
        math.randomseed(os.time())
        local function pick(steps)
            local at, share, rank = math.random(), 0, 0
            for i = 1, #steps do
                local step = steps[i]
                if at <= step[1] then
                    local part = (at - share) / (step[1] - share)
                    return rank + math.max(1, math.ceil(part * (step[2] - rank)))
                end
                share, rank = step[1], step[2]
            end
            return 1
        end
        local shares = {{{shares}}}
        local function score()
            local at = math.random()
            for score = 1, 9 do
                if at <= shares[score] then return score end
            end
            return 10
        end
        local headers = {{ ['Content-Type'] = 'application/json' }}
        local requests, next_request = {{}}, 0
        function init()
            for i = 1, {REQUESTS} do
                headers['Authorization'] = 'Bearer ' .. tokens[math.random(#tokens)]
                local body = '{{\"score\":' .. score() .. '}}'
                local path = '/api/v1/movies/' .. {movie} .. '/rating'
                requests[i] = wrk.format('PUT', path, headers, body)
            end
        end
        function request()
            next_request = next_request % {REQUESTS} + 1
            return requests[next_request]
        end\n"
    ))
}

/// Sets `user`, `movie` and `score` in a script of pgbench, which draws whole numbers and can only cut off
/// fractions.
pub fn pgbench_script(users: u32, dataset: &Dataset) -> String {
    let (mut share, mut rank) = (0.0, 0);
    let mut cases = String::new();
    for step in steps(dataset) {
        let width = step.rank - rank;
        let slope = f64::from(width) / (step.share - share);
        cases += &format!(
            " WHEN :at <= {:.6} THEN {rank} + least({width}, 1 + int((:at - {share:.6}) * {slope:.4}))",
            step.share
        );
        (share, rank) = (step.share, step.rank);
    }
    let shares = score_shares();
    let scores = shares
        .iter()
        .zip(1..10)
        .map(|(share, score)| format!(" WHEN :liked <= {share:.6} THEN {score}"));
    let scores: String = scores.collect();
    format!(
        "\\set user random(1, {})\n\\set at random(0, 999999) / 1000000.0\n\
         \\set movie CASE{cases} ELSE 1 END\n\\set liked random(0, 999999) / 1000000.0\n\
         \\set score CASE{scores} ELSE 10 END\n",
        users.min(USERS)
    )
}

/// Such a part of all ratings belongs to the movies up to a rank.
struct Step {
    share: f64,
    rank: u32,
}

fn steps(dataset: &Dataset) -> Vec<Step> {
    let counts = dataset.shape().expected_counts();
    let counts = &counts[..counts.len().min(MOVIES)];
    let total: f64 = counts.iter().sum();
    let last = counts.len() as f64;
    let mut steps: Vec<Step> = Vec::new();
    for step in 1..=STEPS {
        let rank = last.powf(step as f64 / STEPS as f64).round() as u32;
        if steps.last().is_none_or(|step| step.rank < rank) {
            let share = counts[..rank as usize].iter().sum::<f64>() / total;
            steps.push(Step { share, rank });
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_cover_all_movies() {
        let steps = steps(&Dataset::new(200_000, 1));
        assert_eq!((steps[0].rank, steps[steps.len() - 1].rank), (1, 10_000));
        assert!((steps[steps.len() - 1].share - 1.0).abs() < 1e-9);
        assert!(steps.is_sorted_by(|a, b| a.share < b.share && a.rank < b.rank));
    }
}
