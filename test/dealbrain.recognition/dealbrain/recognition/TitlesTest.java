package dealbrain.recognition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recognises the processors of {@code titles.txt}. */
class TitlesTest {
    private static final Path FILE = Path.of("test", "dealbrain.recognition", "dealbrain", "recognition", "titles.txt");

    /** @param processor "?" if the title does not say which one */
    record Title(String text, String processor) {}

    static List<Title> titles() {
        try {
            return Files.readAllLines(FILE).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(TitlesTest::title)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Title title(String line) {
        int end = line.lastIndexOf(" | ");
        return new Title(line.substring(0, end), line.substring(end + 3));
    }

    static ParseInput input(String title) {
        return new ParseInput(title, null, null, null, null);
    }

    /** Returns the recognised processor, "?" if the user is asked. */
    static String processor(String title) {
        return OfferParser.recognise(input(title)).recognised().stream()
                .filter(value -> value.field().equals("cpu"))
                .map(RecognisedValue::value)
                .findFirst()
                .orElse("?");
    }

    @Test
    void areThreeHundred() {
        assertEquals(300, titles().size());
        assertEquals(300, titles().stream().map(Title::text).distinct().count());
    }

    @Test
    void haveTheRightProcessorAndHardlyEverAWrongOne() {
        List<String> wrong = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        for (Title title : titles()) {
            String found = processor(title.text());
            if (!found.equals(title.processor())) {
                (found.equals("?") ? asked : wrong).add(title.text() + " | " + title.processor() + " | " + found);
            }
        }
        int right = titles().size() - wrong.size() - asked.size();
        System.out.printf(
                "%d titles: %d right, %d wrong, %d asked%n", titles().size(), right, wrong.size(), asked.size());

        String report = "wrong:\n" + String.join("\n", wrong) + "\nasked:\n" + String.join("\n", asked);
        assertTrue(wrong.size() * 100 <= titles().size(), report);
        assertTrue(right * 100 >= 95 * titles().size(), report);
    }
}
