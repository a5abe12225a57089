use crate::text::text_value;

text_value! {
    /// What somebody recognises the device of a session by, such as "Firefox on Linux": 1 to 60
    /// characters.
    Device, max 60, OneLine
}

/// What a program says about itself, and its name. Most browsers claim to be others as well, so
/// the first that fits counts.
const PROGRAMS: [(&str, &str); 14] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("Wget/", "Wget"),
    ("HTTPie/", "HTTPie"),
    ("PostmanRuntime/", "Postman"),
    ("python-requests/", "Python"),
];

/// Android says that it is Linux, and an iPhone that it is like Mac OS X.
const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

impl Device {
    /// A short name for whatever calls itself so. Nothing of the text itself is kept, because
    /// anybody can write anything there.
    ///
    /// ```
    /// use reelmark_domain::Device;
    /// let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    /// assert_eq!(Device::of_user_agent(Some(firefox)).as_str(), "Firefox on Linux");
    /// assert_eq!(Device::of_user_agent(None).as_str(), "Unknown device");
    /// ```
    pub fn of_user_agent(user_agent: Option<&str>) -> Self {
        let user_agent = user_agent.unwrap_or_default();
        let find = |table: &[(&str, &'static str)]| {
            table.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
        };
        Self(match (find(&PROGRAMS), find(&SYSTEMS)) {
            (Some(program), Some(system)) => format!("{program} on {system}"),
            (Some(one), None) | (None, Some(one)) => one.to_owned(),
            (None, None) => "Unknown device".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_program_and_system() {
        for (user_agent, expected) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/138.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 \
                 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like \
                 Gecko) Version/18.5 Safari/605.1.15",
                "Safari on macOS",
            ),
            ("curl/8.14.1", "curl"),
            ("SomeApp/1.0 (Linux)", "Linux"),
        ] {
            assert_eq!(Device::of_user_agent(Some(user_agent)).as_str(), expected);
        }
    }

    #[test]
    fn what_nobody_knows_has_a_name_too() {
        for user_agent in [None, Some(""), Some("\0"), Some("<script>alert(1)</script>")] {
            assert_eq!(Device::of_user_agent(user_agent).as_str(), "Unknown device");
        }
    }

    proptest! {
        #[test]
        fn every_name_can_be_read_back(
            program in "(Chrome/|SamsungBrowser/|curl/|)", system in "(Windows|CrOS|iPad|)",
        ) {
            let device = Device::of_user_agent(Some(&format!("{program} {system}")));
            prop_assert_eq!(Device::parse(device.as_str()), Ok(device));
        }
    }
}
