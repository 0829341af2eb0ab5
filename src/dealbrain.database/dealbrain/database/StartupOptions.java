package dealbrain.database;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The parameter {@code options} of a connection: {@code -c name=value} and {@code --name=value} are settings of the
 * server. Other words are passed on unchanged, because providers route connections by them, as Neon does by
 * {@code endpoint=name}.
 *
 * @param settings the values by name, in lower case
 */
record StartupOptions(String text, Map<String, String> settings) {
    /** Parses the text as the server does: blanks separate words, a backslash quotes the next character. */
    static StartupOptions parse(String text) {
        Map<String, String> settings = new LinkedHashMap<>();
        List<String> words = words(text);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-c") && i + 1 < words.size()) {
                i++;
                addSetting(settings, words.get(i));
            } else if (word.startsWith("--")) {
                addSetting(settings, word.substring(2));
            } else if (word.startsWith("-c")) {
                addSetting(settings, word.substring(2));
            }
        }
        return new StartupOptions(text.strip(), settings);
    }

    private static void addSetting(Map<String, String> settings, String assignment) {
        int equals = assignment.indexOf('=');
        if (equals > 0) {
            String name = assignment.substring(0, equals).replace('-', '_');
            settings.put(name.toLowerCase(Locale.ROOT), assignment.substring(equals + 1));
        }
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '\\' && i + 1 < text.length()) {
                i++;
                word.append(text.charAt(i));
            } else if (!Character.isWhitespace(each)) {
                word.append(each);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /** Returns these options followed by {@code settings}, of which the server uses the last of each name. */
    String with(Map<String, String> settings) {
        StringBuilder all = new StringBuilder(text);
        settings.forEach((name, value) -> all.append(all.isEmpty() ? "" : " ")
                .append("-c ")
                .append(name)
                .append('=')
                .append(value.replace("\\", "\\\\").replace(" ", "\\ ")));
        return all.toString();
    }
}
