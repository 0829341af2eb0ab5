package dealbrain.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces the messages of the parser, which are for programmers, by what is wrong in the text. */
final class SyntaxErrorText {
    private record Rule(Pattern message, Function<MatchResult, String> text) {
        static Rule of(String message, String text) {
            return new Rule(Pattern.compile(message), _ -> text);
        }
    }

    private static final String COMMENT = "JSON has no comments";

    /** By the message of the parser; the first match counts. */
    private static final List<Rule> RULES = List.of(
            new Rule(
                    Pattern.compile("(?s)Duplicate field '(.*)'"),
                    found -> "the member " + shown(found) + " is given twice"),
            new Rule(Pattern.compile("Non-standard token '(.*?)'"), found -> shown(found) + " is not a number of JSON"),
            new Rule(
                    Pattern.compile("Unrecognized token '(.*?)'"),
                    found ->
                            "unexpected " + shown(found) + "; a text must be in double quotes, and the only other words"
                                    + " are true, false and null"),
            Rule.of("^Trailing token", "unexpected content after the end"),
            Rule.of("Leading zeroes", "a number must not start with zeros"),
            Rule.of("plus signs", "a number must not start with a plus sign"),
            Rule.of("Decimal point not followed", "a decimal point must be followed by a digit"),
            Rule.of("^Unexpected end-of-input", "the JSON ends before it is complete"),
            Rule.of("hex-digit", "\\u must be followed by four hexadecimal digits"),
            Rule.of("character escape", "a backslash must be followed by one of \" \\ / b f n r t u"),
            Rule.of(
                    "^Illegal unquoted",
                    "a line break or another control character in a text must be escaped, such as \\n"),
            Rule.of("^Illegal character", "a control character is not allowed here"),
            Rule.of("comment", COMMENT),
            new Rule(
                    Pattern.compile("close marker '(.)': expected '(.)'"),
                    found -> "expected " + found.group(2) + ", was " + found.group(1)),
            new Rule(
                    Pattern.compile("close marker '(.)'"),
                    found -> "nothing is open that " + found.group(1) + " closes"));

    private static final Pattern CHARACTER = Pattern.compile("\\(code (\\d+)");

    private SyntaxErrorText() {}

    private static String shown(MatchResult found) {
        return ErrorText.shown(JsonNodeFactory.instance.textNode(found.group(1)));
    }

    /** Returns what is wrong with a text that the parser has rejected. */
    static String of(JsonProcessingException e, String text) {
        String message = e.getOriginalMessage();
        for (Rule rule : RULES) {
            Matcher matcher = rule.message().matcher(message);
            if (matcher.find()) {
                return rule.text().apply(matcher.toMatchResult());
            }
        }
        Matcher character = CHARACTER.matcher(message);
        return character.find()
                ? unexpected(Integer.parseInt(character.group(1)), message, before(e.getLocation(), text))
                : "a value is missing or malformed";
    }

    private static String unexpected(int character, String message, char before) {
        return switch (character) {
            case '}', ']' ->
                before == ','
                        ? "a comma must not stand before " + (char) character
                        : "a value is missing before " + (char) character;
            case ',' -> "a value is missing before the comma";
            case '\'', '`', 0x201C, 0x201D, 0x201E, 0x2018, 0x2019 ->
                "a name or text must be in straight double quotes (\")";
            case '#' -> COMMENT;
            case '"' -> "a comma or colon is missing before \"";
            default ->
                message.contains("start field name")
                        ? "a name must be in double quotes"
                        : "unexpected character " + shown(character);
        };
    }

    private static String shown(int character) {
        boolean isVisible = !Character.isSpaceChar(character) && !Character.isISOControl(character);
        return isVisible ? Character.toString(character) : String.format(Locale.ROOT, "U+%04X", character);
    }

    /** Returns the last character before a place that is not white space; a space if there is none. */
    private static char before(JsonLocation place, String text) {
        int end = (int) Math.min(place.getCharOffset(), text.length());
        String rest = text.substring(0, Math.max(0, end)).stripTrailing();
        // the parser may have read the unexpected character
        String start = rest.endsWith("}") || rest.endsWith("]") ? rest.substring(0, rest.length() - 1) : rest;
        String stripped = start.stripTrailing();
        return stripped.isEmpty() ? ' ' : stripped.charAt(stripped.length() - 1);
    }
}
