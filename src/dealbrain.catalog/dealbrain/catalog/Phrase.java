package dealbrain.catalog;

import dealbrain.database.Words;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A description from which one statement after the other is taken. Not thread-safe. */
final class Phrase {
    private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}.,×*\"]+");

    private String rest;

    /** The text becomes lower case, with blanks in place of hyphens, slashes and brackets. */
    Phrase(String text) {
        rest = SEPARATORS.matcher(Words.foldName(text)).replaceAll(" ").strip();
    }

    /** Removes the first match of a pattern and returns it; empty if there is none. */
    Optional<MatchResult> take(Pattern pattern) {
        Matcher matcher = pattern.matcher(rest);
        if (!matcher.find()) {
            return Optional.empty();
        }
        MatchResult found = matcher.toMatchResult();
        rest = (rest.substring(0, found.start()) + " | " + rest.substring(found.end())).strip();
        return Optional.of(found);
    }

    /** Returns whether a pattern matches; nothing is removed. */
    boolean has(Pattern pattern) {
        return pattern.matcher(rest).find();
    }

    /** Returns whether nothing remains but signs and matches of a pattern. */
    boolean isNothingBut(Pattern noise) {
        return noise.matcher(rest).replaceAll(" ").codePoints().noneMatch(Character::isLetterOrDigit);
    }
}
