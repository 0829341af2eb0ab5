package dealbrain.recognition;

import java.util.Set;

/**
 * The words around a part which say that the offer does not include it: it is compared with, would fit, or was there
 * before. English and German.
 */
final class Exclusions {
    private static final Phrases BEFORE = Phrases.of("""
            not, no, non, never, nicht, kein, keine, keinen, ohne, without, instead of, rather than, statt, anstatt,
            anstelle, anstelle von, up to, upto, upgradable to, upgradeable to, upgradable, upgradeable, upgrade to,
            be upgraded to, upgrades to, upgrade auf, upgradebar auf, upgradefähig auf, upgradefähig bis, aufrüstbar,
            aufrüstbar auf, aufrüstbar bis, aufrüstbar mit, aufrüstung auf, aufzurüsten auf, erweiterbar, erweiterbar auf,
            erweiterbar bis, expandable to, extendable to, bis, bis zu, bis max, maximum, maximal, supports, support,
            supporting, support for, supported, unterstützt, unterstützt bis, compatible, compatible with, kompatibel,
            kompatibel mit, kompatibel zu, fits, fit, for, für, geeignet für, suitable for, passend, passend für,
            passend zu, passt zu, passt für, works with, tested with, getestet mit, vs, versus, gegen, than, als, like, wie,
            similar to, ähnlich, ähnlich wie, comparable to, comparable with, vergleichbar, vergleichbar mit, equivalent to,
            equals, equal to, entspricht, entspricht einem, beats, outperforms, outperform, schlägt, replaces,
            replaced, ersetzt, ersatz für, replacement for, upgraded from, upgrade from, was, previously, formerly, vorher,
            ehemals, zuvor, früher, option, optional, optionally, alternativ, alternatively, wahlweise, available with,
            also available, auch mit, also with, close to, on par with, auf niveau, auf niveau von, level of, successor to,
            successor of, nachfolger, nachfolger von, nachfolger des, exchange for, swap for, tausch gegen, trade for,
            looking for, suche, suche nach, wanted, ideal for, options, choose, choose from, choice of, select, auswahl,
            tauschbar gegen, room for, ready for, could take, takes, accepts, can take, can fit, nimmt""");

    private static final Phrases AFTER = Phrases.of("""
            compatible, kompatibel, equivalent, equivalent performance, class, class performance, killer, level, niveau,
            not included, not incl, not installed, is not included, nicht enthalten, nicht dabei, nicht inklusive,
            nicht inkl, nicht verbaut, ist nicht dabei, nicht im lieferumfang, removed, was removed, wurde entfernt,
            entfernt, ausgebaut, possible, is possible, möglich, ist möglich, upgrade possible, upgrade option,
            upgrade optional, upgrade möglich, upgrade available, als upgrade, als option, as upgrade, as option,
            as an option, optional erhältlich, supported, is supported, unterstützt, sold separately, separat erhältlich,
            or better, or higher, or similar, or equivalent, or newer, or equal, or above, or faster, or greater,
            oder besser, oder höher, oder ähnlich, oder neuer, oder vergleichbar, oder schneller, oder gleichwertig,
            and up, and above, and better, and higher, and newer, und besser, und höher, und neuer, aufwärts, minimum,
            mindestens, required, benötigt, gegen aufpreis, for extra""");

    /** Words between such a phrase and the part. */
    private static final Set<String> BETWEEN = Words.set("""
            intel amd core cpu cpus processor processors prozessor prozessoren an a the any ein eine einen einem einer den
            dem der die das old alten alte zu zum maximum max auf e g z b only just gen x s ca
            """);

    private static final Set<String> CONNECTORS =
            Words.set("or oder and und bzw resp respectively beziehungsweise as well sowie to bis");
    private static final Set<String> PROCESSOR = Words.set("cpu cpus processor processors prozessor prozessoren");
    private static final Set<String> ANSWERS = Set.of("no", "not", "nein", "nicht");
    /** At the end of a phrase: "i7-9700 optional", in contrast to "i5-8500 optional with WLAN". */
    private static final Set<String> LAST = Set.of("optional", "option", "upgrade", "supported", "upgradable");

    private static final Set<String> ORIGINS = Set.of("from", "von", "vom");
    private static final int MAX_BETWEEN = 4;

    private Exclusions() {}

    /** Returns whether the words before or after those from {@code start} to before {@code end} exclude them. */
    static boolean isExcluded(Tokens tokens, int start, int end) {
        return isExcludedBefore(tokens, start) || isExcludedAfter(tokens, end);
    }

    private static boolean isExcludedBefore(Tokens tokens, int start) {
        int at = start;
        for (int i = 0; i <= MAX_BETWEEN && at > 0 && isSamePhrase(tokens.gap(at)); i++) {
            if (BEFORE.before(tokens, at) > 0) {
                return !isAnswer(tokens, at);
            }
            if (tokens.word(at - 1).equals("max") && !isName(tokens, at - 1)) {
                return true;
            }
            if (!BETWEEN.contains(tokens.word(at - 1))) {
                return false;
            }
            at--;
        }
        return false;
    }

    /** The "max" of a "SER5 Max", in contrast to "RAM: max. 64GB". */
    private static boolean isName(Tokens tokens, int index) {
        String before = tokens.word(index - 1);
        boolean isModel = before.chars().anyMatch(Tokens::isDigit) && !Tokens.isDigit(before.charAt(0));
        return tokens.isTight(index) && (isModel || before.equals("pro"));
    }

    /** "Is it an i5? No: an i7." */
    private static boolean isAnswer(Tokens tokens, int end) {
        return tokens.gap(end).indexOf(':') >= 0 && ANSWERS.contains(tokens.word(end - 1));
    }

    /**
     * A point belongs to the word before, as in "max. i7", and a bracket opens within a phrase, as in "supports (i7)".
     */
    private static boolean isSamePhrase(String gap) {
        return gap.chars().noneMatch(c -> c == ',' || c == ';' || c == '|' || c == ')' || c == '\n' || c == '\u2022');
    }

    private static boolean isExcludedAfter(Tokens tokens, int end) {
        int at = end;
        while (PROCESSOR.contains(tokens.word(at)) && tokens.isJoined(at)) {
            at++;
        }
        boolean isAdjacent = tokens.gap(at).chars().allMatch(c -> c == ' ' || c == '(' || c == '-' || c == '/');
        boolean isLast = LAST.contains(tokens.word(at)) && !tokens.isJoined(at + 1);
        return isAdjacent && (isLast || AFTER.at(tokens, at) > 0);
    }

    /**
     * Returns whether the words between two parts make them a list, so that what excludes the first excludes both.
     * "From one to the other" is none.
     *
     * @param start of the first part
     * @param end   the word after the first part
     */
    static boolean isList(Tokens tokens, int start, int end, int nextStart) {
        if (ORIGINS.contains(tokens.word(start - 1))) {
            return false;
        }
        for (int i = end; i < nextStart; i++) {
            if (!CONNECTORS.contains(tokens.word(i)) && !BETWEEN.contains(tokens.word(i))) {
                return false;
            }
        }
        for (int i = end; i <= nextStart; i++) {
            if (tokens.gap(i).indexOf(')') >= 0
                    || tokens.gap(i).indexOf(';') >= 0
                    || tokens.gap(i).indexOf('|') >= 0) {
                return false;
            }
        }
        return true;
    }
}
