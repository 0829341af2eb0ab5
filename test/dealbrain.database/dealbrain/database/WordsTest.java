package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @RegisterExtension
    static final TestDatabase plain = new TestDatabase();

    /** Its lower() of I is a dotless i. */
    @RegisterExtension
    static final TestDatabase turkish = TestDatabase.withLocale("LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR'");

    /** Its lower() changes ASCII letters only. */
    @RegisterExtension
    static final TestDatabase ascii = TestDatabase.withLocale("LOCALE_PROVIDER libc LOCALE 'C'");

    /** Returns whether a search finds a text; fails if the databases disagree. */
    private static boolean isFound(String text, String search) {
        List<Boolean> results = List.of(plain, turkish, ascii).stream()
                .map(database -> isFound(database, text, search))
                .distinct()
                .toList();
        assertEquals(1, results.size(), () -> "the databases disagree on " + search + " in " + text);
        return results.getFirst();
    }

    private static boolean isFound(TestDatabase database, String text, String search) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT cast(:words AS tsvector) @@ cast(:query AS tsquery)")
                        .bind("words", Words.vector(text))
                        .bind("query", Words.query(search))
                        .mapTo(Boolean.class)
                        .one());
    }

    @Nested
    class Searches {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                value = {
                    "Dell OptiPlex 7050 Micro|opti",
                    "Dell OptiPlex 7050 Micro|OPTIPLEX micro",
                    "Dell\u00A0OptiPlex\u2009micro|optiplex micro",
                    "A\u2013B \u2014 C|b",
                    "Wi\u2011Fi 6E|fi",
                    "\u2022 Mini\u2022PC|pc",
                    "\u201EMini\u201C \u2018PC\u2019|pc",
                    "PC \uD83D\uDD25hot\uD83D\uDD25 deal|hot",
                    "PC hot deal|\uD83D\uDD25 hot",
                    "\uD83D\uDD25|\uD83D\uDD25",
                    "RTX\u2122 3060\u00AE|rtx",
                    "RTX\u21223060|3060",
                    "HP\u00AEEliteDesk|elitedesk",
                    "Caf\u00E9 Cr\u00E8me|cafe\u0301",
                    "Cafe\u0301|CAF\u00C9",
                    "B\u00FCro|buro",
                    "Buro|B\u00DCRO",
                    "K\u00F8benhavn \u0141\u00F3d\u017A|kobenhavn lodz",
                    "GROSSE STRA\u00DFE|strasse",
                    "GROSSE STRA\u1E9EE|Stra\u00DFe",
                    "\uFB01lter|FILTER",
                    "\uFF26\uFF35\uFF2C\uFF2C pc|full",
                    "pc|\uFF30\uFF23",
                    "M\u00B2 kit|m2",
                    "\u0130STANBUL|istanbul",
                    "istanbul|\u0130STANBUL",
                    "ILGIN|\u0131lg\u0131n",
                    "\u039B\u039F\u0393\u039F\u03A3|\u03BB\u03BF\u03B3\u03BF\u03C2",
                    "\u03BB\u03CC\u03B3\u03BF\u03C2 pc|\u039B\u039F\u0393\u039F\u03A3",
                    "\u041C\u0418\u041D\u0418 \u041F\u041A|\u043C\u0438\u043D\u0438 \u043F\u043A",
                    "\u0391\u03A3\u03A5\u03A1\u039C\u0391\u03A4\u039F|\u03B1\u03C3\u03C5",
                    "i5-8500T/16GB/512GB|8500t 16gb",
                    "i5_8500T|8500t",
                    "foo@bar.com PC|bar",
                    "tag <b>bold</b>|bold",
                    "2.5GbE NAS|2.5gbe",
                    "\u0663\u0664 PC|34",
                    "zero\u200Bwidth|width",
                    "soft\u00ADhyphen|softhyphen",
                    "O'Reilly|o'reilly",
                    "O\u2019Reilly|oreilly",
                    "ThinkCentre M720q|think centre",
                    "Think Centre M720q|thinkcentre",
                    "Think-Centre M720q|THINKCENTRE m720",
                    "Lenovo ThinkCentre M720q|lenovo think centre m720q",
                    "v1.2.3 firmware|1.2.3",
                    "16 GB|16gb",
                    "16GB|16 gb",
                    "NUC11TNHi5|nuc 11",
                    "\u4E2D\u53E4\u8FF7\u4F60\u4E3B\u673A\u51FA\u552E|\u4E3B\u673A",
                    "\u4E2D\u53E4\u8FF7\u4F60\u4E3B\u673A\u51FA\u552E|\u552E",
                    "\u8D85\u5C0F\u578B \u30DF\u30CBPC \u9759\u97F3|\u30DF\u30CBpc",
                    "\u8D85\u5C0F\u578B \uFF90\uFF86PC|\u30DF\u30CB",
                    "\u30D1\u30BD\u30B3\u30F3\u30B5\u30FC\u30D0\u30FC|\u30B5\u30FC\u30D0\u30FC",
                    "\uBBF8\uB2C8PC \uD310\uB9E4|pc \uD310",
                    "\u0939\u093F\u0928\u094D\u0926\u0940 \u0915\u0902\u092A|\u0915\u0902\u092A",
                    "\u0E21\u0E34\u0E19\u0E34\u0E1E\u0E35\u0E0B\u0E35|\u0E1E\u0E35\u0E0B\u0E35",
                    "\u05DE\u05D9\u05E0\u05D9|\u05DE\u05D9\u05E0\u05D9",
                    "\u0645\u06CC\u0646\u06CC|\u0645\u06CC"
                })
        void find(String text, String search) {
            assertTrue(isFound(text, search));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                value = {
                    "Dell OptiPlex 7050 Micro|plex",
                    "Dell OptiPlex 7050 Micro|optiplex 3050",
                    "2.5GbE|25",
                    "Think Centre|thinkcenter",
                    "\u30AB\u30AD|\u30AC\u30AE",
                    "\u4E2D\u53E4\u8FF7\u4F60\u4E3B\u673A|\u53E4\u673A",
                    "PC|%",
                    "PC|&|!:*()'\\"
                })
        void doNotFind(String text, String search) {
            assertFalse(isFound(text, search));
        }

        @Test
        void areNotLimitedByBlankText() {
            assertNull(Words.query(null));
            assertNull(Words.query(" \t\u00A0\u200B\u3000"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "\uD83D\uDE00", "\uFDFA", "\uD869\uDED6", "\u4E2D", "a ", "a\u0301", "1.", "\u0E34", "' \\ "
            })
    void mayBeLong(String part) {
        String text = part.repeat(1000);
        assertEquals(!part.startsWith("'") && !part.equals("\u0E34"), isFound(text, text));
    }

    @ParameterizedTest
    @CsvSource({
        "IVAN,ivan",
        "Stra\u00DFe,STRASSE",
        "\uFF29van,ivan",
        "\u212Aate,kate",
        "\u0130van,ivan",
        "\u0131van,IVAN"
    })
    void foldNames(String name, String same) {
        assertEquals(Words.foldName(same), Words.foldName(name));
    }

    @Test
    void keepAccentsInNames() {
        assertFalse(Words.foldName("Bj\u00F6rn").equals(Words.foldName("bjorn")));
    }
}
