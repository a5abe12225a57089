//! A browser that scenarios look through: Chromium without a window, steered by its driver
//! (W3C WebDriver, which is JSON over HTTP).

mod hands;
mod tabs;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use reqwest::blocking::Client;
use serde_json::{Value, json};

use super::TestApp;
use super::patience::poll_every;
use super::scratch::{Mortal, new_directory};

const MISSING: &str =
    "the tests need chromium and chromedriver: run scripts/install-test-servers.sh";

/// What a reference to an element is called on the wire.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(40);

/// A browser takes both cores, so there is one at a time.
static ONLY_ONE: Mutex<()> = Mutex::new(());

/// A fresh browser that nobody has used. The last it does is to close.
pub struct Browser {
    driver: Child,
    session: String,
    client: Client,
    /// Where the service is.
    home: String,
    _mortal: Mortal,
    _turn: MutexGuard<'static, ()>,
}

impl Browser {
    /// Opens one for this service, of which it knows nothing yet.
    pub fn open(app: &TestApp) -> Self {
        let turn = ONLY_ONE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect(MISSING);
        let mortal = Mortal::register(driver.id());
        let port = port_of(&mut driver);
        let client = Client::builder().no_proxy().timeout(Duration::from_secs(60)).build();
        let client = client.expect("a client needs nothing");
        let base = format!("http://127.0.0.1:{port}/session");
        let asked = client.post(&base).json(&capabilities()).send();
        let answer: Value = asked.and_then(|answer| answer.json()).expect("the driver answers");
        let id = answer["value"]["sessionId"].as_str();
        let id = id.unwrap_or_else(|| panic!("{MISSING}: {answer:#}"));
        let session = format!("{base}/{id}");
        // As browsers know it: to them this name is as safe as TLS.
        let home = app.url("").replace("127.0.0.1", "localhost");
        let browser = Self { driver, session, client, home, _mortal: mortal, _turn: turn };
        browser.looks_like(1280, 900, "light");
        browser
    }

    #[track_caller]
    fn command(&self, path: &str, body: &Value) -> Result<Value, String> {
        let asked = self.client.post(format!("{}{path}", self.session)).json(body).send();
        let answer: Value = asked.and_then(|answer| answer.json()).expect("the driver answers");
        match answer["value"]["error"].as_str() {
            Some(_) => Err(answer["value"]["message"].to_string()),
            None => Ok(answer["value"].clone()),
        }
    }

    /// The size of its window, and whether its owner likes it `light` or `dark`.
    pub fn looks_like(&self, width: u32, height: u32, scheme: &str) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.devtools("Emulation.setDeviceMetricsOverride", &size);
        let feature = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.devtools("Emulation.setEmulatedMedia", &feature);
    }

    fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let body = json!({"cmd": command, "params": parameters});
        self.command("/goog/cdp/execute", &body).expect("the browser should know it")
    }

    /// Loads a page anew and waits until all of it is there.
    #[track_caller]
    pub fn visit(&self, path: &str) {
        let url = format!("{}{path}", self.home);
        self.command("/url", &json!({"url": url})).expect("it should load");
        self.settle();
    }

    /// Waits until the page is drawn and loads nothing any more.
    #[track_caller]
    pub fn settle(&self) {
        self.wait_for(
            "return document.querySelector('main h1') && document.title \
             && !document.querySelector('main .skeleton, main [aria-busy=true]')",
        );
    }

    /// Runs a script in the page. Its arguments are in `arguments`.
    #[track_caller]
    pub fn run(&self, script: &str, arguments: &Value) -> Value {
        let body = json!({"script": script, "args": arguments});
        self.command("/execute/sync", &body).unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Runs a script that says when it is done, by calling its last argument.
    #[track_caller]
    pub fn run_until_done(&self, script: &str) -> Value {
        let body = json!({"script": script, "args": []});
        self.command("/execute/async", &body).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Waits until a script returns something true, and returns it.
    #[track_caller]
    pub fn wait_for(&self, script: &str) -> Value {
        let body = json!({"script": script, "args": []});
        let look = || {
            let value = self.command("/execute/sync", &body).ok()?;
            let is_true = !matches!(value, Value::Null | Value::Bool(false)) && value != json!("");
            is_true.then_some(value)
        };
        let found = poll_every(PAUSE, PATIENCE, look);
        found.unwrap_or_else(|| {
            let page =
                self.run("return location.pathname + ' ' + document.body.innerText", &json!([]));
            panic!("not within {PATIENCE:?}: {script}\non {page}")
        })
    }

    /// Waits for the text of the first element that fits.
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        let script = format!("return document.querySelector({selector:?})?.textContent");
        self.wait_for(&script).as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the text of the first element that fits is this.
    #[track_caller]
    pub fn wait_for_text(&self, selector: &str, text: &str) {
        let script = format!(
            "return document.querySelector({selector:?})?.textContent.includes({text:?}) && \
             document.querySelector({selector:?}).textContent"
        );
        self.wait_for(&script);
    }

    /// Everything that the page has complained about since it was asked last, such as a broken
    /// content policy.
    pub fn complaints(&self) -> Vec<String> {
        let entries = self.command("/se/log", &json!({"type": "browser"}));
        let entries = entries.expect("there should be a log");
        let entries = entries.as_array().map(Vec::as_slice).unwrap_or_default();
        entries.iter().map(|entry| entry["message"].to_string()).collect()
    }

    /// Has it save files in a folder without asking.
    pub fn download_into(&self, folder: &Path) {
        let behaviour = json!({"behavior": "allow", "downloadPath": folder});
        self.devtools("Browser.setDownloadBehavior", &behaviour);
    }

    /// Writes what can be seen now into a PNG.
    pub fn photograph(&self, file: &Path) {
        let picture = self.devtools("Page.captureScreenshot", &json!({"format": "png"}));
        let data = picture["data"].as_str().expect("a picture has data");
        let bytes = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, data);
        fs::write(file, bytes.expect("it should be base64")).expect("it should be writable");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // With the driver alone gone, the browser would stay.
        let _ = self.client.delete(&self.session).send();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn capabilities() -> Value {
    let profile = new_directory("browser");
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        &format!("--user-data-dir={}", profile.display()),
    ];
    json!({"capabilities": {"alwaysMatch": {
        "browserName": "chrome",
        "goog:chromeOptions": {"args": arguments},
        "goog:loggingPrefs": {"browser": "ALL"},
        "timeouts": {"script": 60_000},
    }}})
}

/// The driver takes a free port and says which.
fn port_of(driver: &mut Child) -> u16 {
    let output = driver.stdout.take().expect("its output should be piped");
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    let port = lines.find_map(|line| {
        line.split_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok()
    });
    // Whatever else it prints must not block it.
    std::thread::spawn(move || lines.for_each(drop));
    port.expect("the driver should say its port")
}
