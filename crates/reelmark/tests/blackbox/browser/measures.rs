//! How soon pages appear, how much they weigh, and whether anything on them jumps.

use std::sync::Mutex;

use crate::support::browser::Browser;

/// Far more than a page takes to appear, even on a busy machine; what it takes is printed.
const PAINTED_WITHIN_MS: f64 = 10_000.0;

const FIRST_PAGE_KIB: f64 = 60.0;

static MEASURES: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Tells whoever runs the tests how fast pages are.
pub fn print_measures() {
    MEASURES.lock().unwrap().iter().for_each(|line| println!("{line}"));
}

/// Loads a page on a phone and on a desktop, and has nothing jump. Returns what does.
pub fn measure(browser: &Browser, page: &str, path: &str) -> Vec<String> {
    let sizes = [("phone", 390, 844), ("desktop", 1280, 900)];
    let measure = |(size, width, height)| {
        browser.looks_like(width, height, "light");
        browser.visit(path);
        let measured = browser.run_until_done(MEASURE);
        let number = |name: &str| measured[name].as_f64().expect("it should be measured");
        let (paint, shift, kib) = (number("paint"), number("shift"), number("bytes") / 1024.0);
        MEASURES.lock().unwrap().push(format!(
            "{page}, {size}: first contentful paint {paint:.0} ms, layout shift {shift:.4}, {kib:.1} KiB compressed"
        ));
        assert!(paint < PAINTED_WITHIN_MS, "{page}: {measured}");
        assert!(path != "/" || kib < FIRST_PAGE_KIB, "{page}: {measured}");
        (shift > 0.0).then(|| format!("{page}, {size}: it jumps by {shift}: {}", measured["moved"]))
    };
    sizes.into_iter().filter_map(measure).collect()
}

/// Waits until nothing is loaded any more, and tells all that has moved by then.
const MEASURE: &str = "\
    const done = arguments[0]; let shift = 0; const moved = []; \
    const place = ({x, y, width, height}) => [x, y, width, height].map(Math.round).join(); \
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { \
        if (entry.hadRecentInput) return; \
        shift += entry.value; \
        moved.push(...entry.sources.map(({node, previousRect, currentRect}) => \
            `${node?.className || node?.nodeName} ${place(previousRect)} to ${place(currentRect)}`)); \
    })).observe({type: 'layout-shift', buffered: true}); \
    const resources = () => performance.getEntriesByType('resource'); \
    const tell = () => done({ \
        shift, moved, \
        paint: performance.getEntriesByName('first-contentful-paint')[0].startTime, \
        bytes: resources().filter((entry) => !entry.name.includes('/api/')) \
            .reduce((sum, entry) => sum + entry.encodedBodySize, \
                performance.getEntriesByType('navigation')[0].encodedBodySize), \
    }); \
    let before = -1; \
    const look = () => { \
        const now = resources().length; \
        if (now === before) return tell(); \
        before = now; \
        setTimeout(look, 400); \
    }; \
    look();";
