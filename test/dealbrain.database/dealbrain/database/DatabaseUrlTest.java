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
            "postgresql://ada:secret@db/deals?ssl=true&gsslib=auto, jdbc:postgresql://db:5432/deals?ssl=true&gsslib=auto, ada, secret",
            "postgresql://db/deals?user=ada&sslmode=require, jdbc:postgresql://db:5432/deals?sslmode=require, ada, ''",
            "postgresql:///deals?host=db&port=6543&user=ada, jdbc:postgresql://db:6543/deals, ada, ''",
            "POSTGRES://ada@db/?dbname=deals, jdbc:postgresql://db:5432/deals, ada, ''",
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
                one,two/deals?target_session_attrs=read-write; one:5432,two:5432/deals?targetServerType=primary
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
        @CsvSource(delimiter = ';', textBlock = """
                one,two:6543/deals; one:5432,two:6543/deals?targetServerType=secondary
                one,two/deals?target_session_attrs=standby; one:5432,two:5432/deals?targetServerType=secondary
                one/deals?targetServerType=slave; one:5432/deals?targetServerType=slave
                one/deals; one:5432/deals
                """)
        void requiresStandbysOfSeveralHosts(String text, String jdbcUrl) {
            assertEquals(
                    "jdbc:postgresql://" + jdbcUrl,
                    DatabaseUrl.parseStandby("postgresql://ada@" + text).jdbcUrl());
        }

        @ParameterizedTest
        @ValueSource(strings = {"any", "primary", "preferSecondary"})
        void refusesToReadFromAPrimary(String target) {
            String url = "postgresql://ada@one,two/deals?targetServerType=" + target;
            String message = assertThrows(IllegalArgumentException.class, () -> DatabaseUrl.parseStandby(url))
                    .getMessage();
            assertTrue(message.contains("must be secondary or left out"), message);
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
                    "one/deals?target_session_attrs=any",
                    "one/deals?target_session_attrs=standby",
                    "one/deals?target_session_attrs=read-only",
                    "one/deals?TARGETSERVERTYPE=any",
                })
        void refusesAStandby(String text) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> DatabaseUrl.parse("postgresql://ada:secret@" + text))
                    .getMessage();
            assertTrue(message.contains("targetServerType of the database URL"), message);
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
                    "\"postgresql://ada:secret@localhost/deals\"",
                    "'postgresql://ada:secret@localhost/deals'",
                    "\u201cpostgresql://ada:secret@localhost/deals\u201d",
                    "psql postgresql://ada:secret@localhost/deals",
                    "host=db user=ada password=secret dbname=deals",
                    "Server=db;User Id=ada;Password=secret",
                    "postgresql+psycopg2://ada:secret@localhost/deals",
                    "https://ada:secret@localhost/deals",
                    "postgresql://ada:secret@%2Frun%2Fpostgresql/deals",
                    "postgresql:///deals?host=/run/postgresql&user=ada&password=secret",
                    "postgresql://ada:a@db/deals?secret=b@localhost/deals",
                    "postgresql://ada:a@db/secret@localhost",
                    "postgresql://ada:secret@localhost/deals?sslmode",
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

    @Nested
    class Parameters {
        private static String parameters(String query) {
            return DatabaseUrl.parse("postgresql://ada:secret@db/deals?" + query)
                    .jdbcUrl()
                    .replaceFirst(".*/deals\\??", "");
        }

        @ParameterizedTest
        @CsvSource(delimiter = ';', textBlock = """
                sslmode=require&channel_binding=require; sslmode=require&channelBinding=require
                connect_timeout=10&application_name=a%20b; connectTimeout=10&ApplicationName=a%20b
                target_session_attrs=read-write; targetServerType=primary
                load_balance_hosts=random&keepalives=0; loadBalanceHosts=true&tcpKeepAlive=false
                sslrootcert=/etc/ca.pem&sslcert=a&sslkey=b; sslrootcert=%2Fetc%2Fca.pem&sslcert=a&sslkey=b
                gssencmode=disable&require_auth=scram-sha-256; gssEncMode=disable&requireAuth=scram-sha-256
                pgbouncer=true&schema=deals; prepareThreshold=0&currentSchema=deals
                uselibpqcompat=true&client_encoding=utf8; ""
                applicationname=a; ApplicationName=a
                options=endpoint%3Dep-x; options=endpoint%3Dep-x
                options=-c+geqo%3Don%20--work-mem=4MB; options=-c%20geqo%3Don%20--work-mem%3D4MB
                """, quoteCharacter = '"')
        void areTranslatedToTheNamesOfTheDriver(String query, String translated) {
            assertEquals(translated, parameters(query));
        }

        @ParameterizedTest
        @ValueSource(strings = {"sslrootcert=system", "sslmode=verify-full&sslrootcert=system"})
        void trustTheAuthoritiesOfJavaAsThoseOfTheSystem(String query) {
            assertEquals("sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory", parameters(query));
        }

        @ParameterizedTest
        @CsvSource(delimiter = ';', textBlock = """
                sslmod=require; "sslmod of the database URL is unknown; did you mean sslmode?"
                ssl_mode=require; "ssl_mode of the database URL is unknown; did you mean sslmode?"
                conect_timeout=1; "conect_timeout of the database URL is unknown; did you mean connect_timeout?"
                socketTimout=1; "socketTimout of the database URL is unknown; did you mean socketTimeout?"
                colour=blue; colour of the database URL is unknown
                connection_limit=5; is not supported: set DEALBRAIN_POOL_SIZE instead
                keepalives_idle=30; is not supported: the JDBC driver does not support it
                readOnly=true; is not supported: dealbrain sets it itself
                logServerErrorDetail=true; is not supported: dealbrain sets it itself
                statement_timeout=5000; write options=-c%20name=value instead
                sslmode=no-verify; sslmode of the database URL must be one of disable, allow, prefer, require
                channel_binding=yes; channel_binding of the database URL must be one of disable
                connect_timeout=soon; connect_timeout of the database URL must be a number
                client_encoding=latin1; client_encoding of the database URL must be UTF8
                sslmode=require&sslrootcert=system; sslrootcert of the database URL is system, which needs sslmode=
                sslmode=require&sslmode=disable; is given twice, with different values
                connect_timeout=1&connectTimeout=2; is given twice, with different values
                options=-c%20default_transaction_isolation=serializable; must not set default_transaction_isolation
                options=--default-transaction-isolation=repeatable%5C%20read; must not set default_transaction_isolation
                options=-crow_security=off; must not set row_security
                """, quoteCharacter = '"', maxCharsPerColumn = 200)
        void areRefusedByName(String query, String expected) {
            String message = assertThrows(IllegalArgumentException.class, () -> parameters(query))
                    .getMessage();
            assertTrue(message.contains(expected), message);
            assertFalse(message.contains("secret"), message);
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
