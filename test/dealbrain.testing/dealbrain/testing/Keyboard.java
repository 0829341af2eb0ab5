package dealbrain.testing;

import java.util.ArrayList;
import java.util.List;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/** Uses the pages of Chromium without a mouse. */
public final class Keyboard {
    /** More controls than a page of the tests has. */
    private static final int MAX_TABS = 120;

    private final Chromium chromium;
    private final ChromeDriver driver;

    public Keyboard(Chromium chromium) {
        this.chromium = chromium;
        this.driver = chromium.driver();
    }

    /** Presses keys, which go to the control with the focus. */
    public void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Presses Tab until a control has the focus whose name begins with {@code label}. */
    public void reach(String label) {
        List<String> reached = new ArrayList<>();
        while (reached.size() < MAX_TABS) {
            press(Keys.TAB);
            String name = focused().getAccessibleName();
            if (name.startsWith(label)) {
                return;
            }
            reached.add(name);
        }
        throw new AssertionError("Tab does not reach " + label + ", but " + reached);
    }

    private WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** Reaches a link or a button, presses {@code key}, and waits for the page that follows. */
    public void follow(String label, Keys key) {
        reach(label);
        chromium.turn("after " + key.name() + " on " + label, () -> press(key));
    }

    /** Reaches a field, and types instead of what it has. */
    public void type(String label, String text) {
        reach(label);
        focused().clear();
        focused().sendKeys(text);
    }
}
