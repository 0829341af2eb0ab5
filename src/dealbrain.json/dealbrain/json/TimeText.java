package dealbrain.json;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as clients write them. */
final class TimeText {
    /** RFC 3339, and what its readers usually accept: no seconds, short offsets, a blank instead of T. */
    private static final Pattern SYNTAX = Pattern.compile("(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
            + "(?:[Tt ](?<minute>[0-9]{2}:[0-9]{2})(?::(?<second>[0-9]{2})(?:[.,](?<fraction>[0-9]+))?)?"
            + " ?(?:(?<utc>[Zz])|(?<sign>[+-])(?<hours>[0-9]{2})(?::?(?<minutes>[0-9]{2}))?))?");

    private TimeText() {}

    /**
     * Returns a time in the form of RFC 3339; a date is its first moment in UTC. Returns the text unchanged if it is
     * neither, so that the schema reports it.
     */
    static String normalized(String text) {
        Matcher parts = SYNTAX.matcher(text.strip());
        if (!parts.matches()) {
            return text;
        }
        String time = parts.group("date") + "T"
                + (parts.group("minute") == null ? "00:00:00Z" : timeOfDay(parts) + offset(parts));
        try {
            OffsetDateTime.parse(time);
            return time;
        } catch (DateTimeException _) { // such as February 30th
            return text;
        }
    }

    private static String timeOfDay(Matcher parts) {
        String second = parts.group("second");
        String fraction = parts.group("fraction");
        return parts.group("minute") + ":" + (second == null ? "00" : second)
                + (fraction == null ? "" : "." + fraction.substring(0, Math.min(9, fraction.length())));
    }

    private static String offset(Matcher parts) {
        if (parts.group("utc") != null) {
            return "Z";
        }
        String minutes = parts.group("minutes");
        return parts.group("sign") + parts.group("hours") + ":" + (minutes == null ? "00" : minutes);
    }
}
