package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @Nested
    class Parse {
        @ParameterizedTest
        @CsvSource({
            "postgresql://ada:secret@db.example:6543/deals, jdbc:postgresql://db.example:6543/deals, ada, secret",
            "postgres://ada:secret@db.example/deals, jdbc:postgresql://db.example:5432/deals, ada, secret",
            "postgresql://ada@localhost/deals, jdbc:postgresql://localhost:5432/deals, ada, ''",
            "postgresql://a%40b:s%2Fe%3Ac%25r+t@db/deals, jdbc:postgresql://db:5432/deals, a@b, s/e:c%r+t",
            "postgresql://ada:s@cret:x@localhost/deals, jdbc:postgresql://localhost:5432/deals, ada, s@cret:x",
            "postgresql://ada:secret@[::1]:6543/deals, jdbc:postgresql://[::1]:6543/deals, ada, secret",
            "postgresql://ada:secret@[2001:db8::7]/deals, jdbc:postgresql://[2001:db8::7]:5432/deals, ada, secret",
            "postgresql://ada:secret@db/deals?ssl=true&a=b, jdbc:postgresql://db:5432/deals?ssl=true&a=b, ada, secret",
            "jdbc:postgresql://db:6543/deals?user=ada&password=se%26t, jdbc:postgresql://db:6543/deals, ada, se&t",
            "jdbc:postgresql://db/deals?ssl=true&user=ada, jdbc:postgresql://db:5432/deals?ssl=true, ada, ''",
        })
        void parses(String text, String jdbcUrl, String user, String password) {
            assertEquals(new DatabaseUrl(jdbcUrl, user, password), DatabaseUrl.parse(text));
        }

        @ParameterizedTest
        @CsvSource(delimiter = ';', textBlock = """
                one,two:6543/deals; one:5432,two:6543/deals?targetServerType=primary
                one,two/deals?ssl=true; one:5432,two:5432/deals?ssl=true&targetServerType=primary
                one,two/deals?targetServerType=primary&a; one:5432,two:5432/deals?targetServerType=primary&a
                one,two/deals?targetServerType=master; one:5432,two:5432/deals?targetServerType=master
                one,two/deals?loadBalanceHosts=1; one:5432,two:5432/deals?loadBalanceHosts=1&targetServerType=primary
                one/deals?targetServerType=primary; one:5432/deals?targetServerType=primary
                one/deals; one:5432/deals
                """)
        void requiresThePrimaryOfSeveralHosts(String text, String jdbcUrl) {
            assertEquals(
                    "jdbc:postgresql://" + jdbcUrl,
                    DatabaseUrl.parse("postgresql://ada@" + text).jdbcUrl());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "one,two/deals?targetServerType=any",
                    "one,two/deals?targetServerType=secondary",
                    "one,two/deals?targetServerType=preferSecondary",
                    "one,two/deals?targetServerType=preferPrimary",
                    "one,two/deals?targetServerType=slave",
                    "one,two/deals?targetServerType=",
                    "one,two/deals?targetServerType=%61ny",
                    "one,two/deals?targetServerType=primary&targetServerType=any",
                    "one/deals?ssl=true&targetServerType=any",
                    "one/deals?targetServerType=secondary",
                })
        void refusesAStandby(String text) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> DatabaseUrl.parse("postgresql://ada:secret@" + text))
                    .getMessage();
            assertTrue(message.contains("targetServerType of the database URL must be primary"), message);
            assertFalse(message.contains("secret"), message);
        }

        @Test
        void ignoresBlanksAround() {
            assertEquals(
                    "ada",
                    DatabaseUrl.parse(" postgresql://ada@localhost/deals\n").user());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "secret",
                    "mysql://ada:secret@localhost/deals",
                    "postgresql://",
                    "postgresql://ada:secret@localhost",
                    "postgresql://ada:secret@localhost/",
                    "postgresql://ada:secret@/deals",
                    "postgresql://localhost/deals",
                    "postgresql://ada:secret@localhost:port/deals",
                    "postgresql://ada:secret@localhost:0/deals",
                    "postgresql://ada:secret@localhost:65536/deals",
                    "postgresql://ada:secret%zz@localhost/deals",
                    "postgresql://ada:secret%@localhost/deals",
                    "postgresql://ada:sec/ret@localhost/deals",
                    "postgresql://ada:sec#ret@localhost/deals",
                    "postgresql://ada:secret@::1/deals",
                    "jdbc:postgresql:deals?user=ada&password=secret",
                    "jdbc:postgresql://db/deals?password=secret",
                    "postgresql://ada:secret@localhost/a/b",
                    "postgresql://ada:secret@local host/deals",
                })
        void namesTheRuleAndHidesThePassword(String text) {
            String message = assertThrows(IllegalArgumentException.class, () -> DatabaseUrl.parse(text))
                    .getMessage();
            assertTrue(
                    message.startsWith("the database URL must look like postgresql://user:password@host:5432/name, "),
                    message);
            assertFalse(message.contains("sec"), message);
        }
    }

    @Test
    void hidesThePasswordInToString() {
        assertEquals(
                "postgresql://ada@db:5432/deals",
                DatabaseUrl.parse("postgresql://ada:secret@db/deals?sslmode=require")
                        .toString());
    }

    @Test
    void changesTheName() {
        DatabaseUrl other = DatabaseUrl.parse("postgresql://ada:secret@db/deals?sslmode=require")
                .withName("other");
        assertEquals(new DatabaseUrl("jdbc:postgresql://db:5432/other?sslmode=require", "ada", "secret"), other);
        assertEquals("other", other.name());
    }
}
