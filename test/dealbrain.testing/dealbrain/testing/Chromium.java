package dealbrain.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/** Chromium without a window, as the packages chromium and chromium-driver of Debian install it. */
public final class Chromium implements AutoCloseable {
    private final ChromeDriver driver;
    private final String url;
    private int clicks;

    private Chromium(ChromeDriver driver, String url) {
        this.driver = driver;
        this.url = url;
    }

    /**
     * Starts a browser without cookies. Skips the test where the programs are not installed, except in CI.
     *
     * @param url     the address of the server, to which paths are appended
     * @param scripts whether pages may run scripts
     */
    public static Chromium open(String url, boolean scripts) {
        Optional<File> browser = program("chromium");
        Optional<File> service = program("chromedriver");
        boolean isInstalled = browser.isPresent() && service.isPresent();
        assertTrue(
                isInstalled || !"true".equals(System.getenv("CI")),
                "CI needs Chromium: apt-get install chromium chromium-driver");
        assumeTrue(isInstalled, "Chromium is not installed");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.orElseThrow());
        options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        options.addArguments("--no-first-run", "--disable-background-networking", "--disable-component-update");
        // A drag ends at the border of the window, also on a wider screen.
        options.addArguments("--window-size=1280,1000");
        options.addArguments("--hide-scrollbars", "--force-prefers-reduced-motion");
        if (!scripts) {
            options.setExperimentalOption(
                    "prefs", Map.of("profile.managed_default_content_settings.javascript", 2)); // 2: blocked
        }
        ChromeDriverService running = new ChromeDriverService.Builder()
                .usingDriverExecutable(service.orElseThrow())
                .usingAnyFreePort()
                .build();
        return new Chromium(new ChromeDriver(running, options), url);
    }

    private static Optional<File> program(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> new File(folder, name))
                .filter(File::canExecute)
                .findFirst();
    }

    /** Opens a path of the server, and returns when the page is loaded. */
    public void open(String path) {
        driver.get(url + path);
    }

    /** Returns the path of the page that is shown, with its query. */
    public String path() {
        return driver.getCurrentUrl().substring(url.length());
    }

    /** Returns the visible text of the page. */
    public String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** Returns the visible text of the first element that matches. */
    public String find(String selector) {
        return driver.findElement(By.cssSelector(selector)).getText();
    }

    /** Clicks the first link or button whose text contains {@code label}, and waits for the page that follows. */
    public void click(String label) {
        String quoted = "\"" + label + "\"";
        follow(By.xpath("//main//a[contains(., " + quoted + ")] | //main//button[contains(., " + quoted
                + ")] | //header//a[contains(., " + quoted + ")] | //header//button[contains(., " + quoted + ")]"));
    }

    /** Clicks the first element that matches the selector, and waits for the page that follows. */
    public void clickOn(String selector) {
        follow(By.cssSelector(selector));
    }

    private void follow(By target) {
        turn("after " + target, () -> click(driver.findElement(target)));
    }

    /** Waits for the page that follows the action. */
    void turn(String when, Runnable action) {
        WebElement before = driver.findElement(By.tagName("html"));
        action.run();
        Await.until("another page is shown " + when, () -> isGone(before));
    }

    private void click(WebElement element) {
        element.click();
        clicks++;
    }

    /** Returns how many clicks were made: on links and buttons, into fields, and two for a choice of a list. */
    public int clicks() {
        return clicks;
    }

    private static boolean isGone(WebElement element) {
        try {
            return !element.isEnabled();
        } catch (StaleElementReferenceException _) {
            return true;
        } catch (WebDriverException e) { // of a document that is just replaced
            if (String.valueOf(e.getMessage()).contains("does not belong to the document")) {
                return true;
            }
            throw e;
        }
    }

    /** Forgets all cookies, as if the session had ended. */
    public void forgetCookies() {
        driver.manage().deleteAllCookies();
    }

    /** Signs in at the page for it. */
    public void signIn(String username, String password) {
        open("/sign-in");
        type("username", username);
        type("password", password);
        clickOn("main button");
    }

    /** Drags the first element that matches one selector by the mouse, and drops it on that of another one. */
    public void drag(String from, String to) {
        WebElement source = driver.findElement(By.cssSelector(from));
        WebElement target = driver.findElement(By.cssSelector(to));
        new Actions(driver)
                .moveToElement(source)
                .clickAndHold()
                .moveByOffset(0, 3)
                .moveToElement(target)
                .moveByOffset(0, 1)
                .release()
                .perform();
    }

    /** Chooses a file in the only field for files. */
    public void upload(Path file) {
        driver.findElement(By.cssSelector("input[type=file]")).sendKeys(file.toString());
    }

    /** Types into the field of this name, instead of what it has. */
    public void type(String name, String value) {
        WebElement field = driver.findElement(By.name(name));
        click(field);
        field.clear();
        field.sendKeys(value);
    }

    /** Chooses the option of the list {@code name} whose label is {@code label}. */
    public void choose(String name, String label) {
        click(driver.findElement(
                By.xpath("//select[@name='" + name + "']/option[normalize-space()=\"" + label + "\"]")));
        clicks++; // the list was opened before
    }

    /** Returns whether an element matches. */
    public boolean has(String selector) {
        return !driver.findElements(By.cssSelector(selector)).isEmpty();
    }

    /** Returns the value of the field of this name. */
    public String value(String name) {
        return String.valueOf(driver.findElement(By.name(name)).getDomProperty("value"));
    }

    /** Shows the page like a screen of this width, in the light or the dark scheme. */
    public void screen(int width, int height, boolean dark) {
        screen(width, height, 1, dark);
    }

    private void screen(int width, int height, int scale, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Returns by how many pixels the page is wider than the screen. */
    public long overflow() {
        Object pixels = driver.executeScript("return document.documentElement.scrollWidth - window.innerWidth");
        return ((Number) pixels).longValue();
    }

    /** Returns by how many pixels the content of the first element that matches is wider than the element. */
    public long overflow(String selector) {
        return pixels(selector, "scrollWidth - arguments[0].clientWidth");
    }

    /** Returns the height of the first element that matches. */
    public long height(String selector) {
        return pixels(selector, "offsetHeight");
    }

    private long pixels(String selector, String expression) {
        WebElement element = driver.findElement(By.cssSelector(selector));
        return ((Number) driver.executeScript("return arguments[0]." + expression, element)).longValue();
    }

    /** Returns the number of elements that match. */
    public int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    /** Returns what axe finds: the rule and the elements that break it, a line each. */
    public List<String> violations() {
        return new PageProbe(driver).violations();
    }

    /** Shows the page at 200 %: half of the width, and two pixels for each. */
    public void zoom(int width, int height) {
        screen(width / 2, height / 2, 2, false);
    }

    /** Writes a picture of the whole page. */
    public void save(Path file) {
        Map<String, Object> picture =
                driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(String.valueOf(picture.get("data"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ChromeDriver driver() {
        return driver;
    }

    @Override
    public void close() {
        driver.quit();
    }
}
