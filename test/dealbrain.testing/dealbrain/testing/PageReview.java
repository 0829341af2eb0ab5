package dealbrain.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at pages in Chromium, and collects what is wrong with them. Writes the HTML of each to {@code build/pages}, for
 * {@code make check-pages}, and pictures for people.
 */
public final class PageReview {
    private static final Path FOLDER = Path.of("build", "pages");
    private static final int WIDE = 1280;
    private static final int HIGH = 900;

    /** What the first screen may take: the page and its style sheet. */
    private static final int MAX_REQUESTS = 2;

    private static final int MAX_BYTES = 15 * 1024;

    private final Chromium chromium;
    private final PageProbe probe;

    /** What is wrong with the pages, a line each. */
    private final List<String> wrong = new ArrayList<>();

    public PageReview(Chromium chromium) {
        this.chromium = chromium;
        this.probe = new PageProbe(chromium.driver());
        chromium.screen(WIDE, HIGH, false);
    }

    /** Opens the path and looks at the page. */
    public void open(String name, String path) {
        chromium.open(path);
        look(name);
    }

    /** Looks at the page that is shown, wide and narrow, light and dark, and twice as large. */
    public void look(String name) {
        note(name, probe.shifts());
        note(name, probe.weight(MAX_REQUESTS, MAX_BYTES));
        note(name, probe.names());
        note(name, probe.focus());
        write(name);
        for (boolean dark : new boolean[] {true, false}) {
            look(name, 360, dark, !dark);
            look(name, WIDE, dark, dark);
        }
        chromium.zoom(WIDE, HIGH);
        note(name + " at 200 %", probe.cutOff());
        chromium.screen(WIDE, HIGH, false);
    }

    /** Looks only at the colours of a page, in the dark scheme. */
    public void lookAtColours(String name) {
        write(name);
        chromium.screen(WIDE, HIGH, true);
        chromium.save(FOLDER.resolve(name + "-1280-dark.png"));
        note(name, probe.paleTexts());
    }

    private void note(String name, List<String> findings) {
        findings.forEach(each -> wrong.add(name + ": " + each));
    }

    private void write(String name) {
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(name + ".html"), probe.source());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param check whether axe checks the page; it needs a second for each */
    private void look(String name, int width, boolean dark, boolean check) {
        chromium.screen(width, HIGH, dark);
        String picture = name + "-" + width + (dark ? "-dark" : "");
        chromium.save(FOLDER.resolve(picture + ".png"));
        if (check) {
            note(picture, probe.violations());
        }
        note(picture, probe.cutOff());
    }

    /** Fails with all that was found. */
    public void assertNothingIsWrong() {
        assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
    }
}
