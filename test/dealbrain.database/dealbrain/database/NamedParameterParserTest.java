package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.TestDatabase;
import java.util.List;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.ParsedSql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedParameterParserTest {
    @RegisterExtension
    static final TestDatabase database = TestDatabase.empty();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                ":id | ? | id",
                "SELECT :a,:b_2.c,:A9 | SELECT ?,?,? | a b_2.c A9",
                "cast(:id AS text)::int + :id::bigint | cast(? AS text)::int + ?::bigint | id id",
                "'{}'::text[] AND x[1:2] | '{}'::text[] AND x[1?] | 2",
                "x := 1, 'it''s :no ?' = :yes | x := 1, 'it''s :no ?' = ? | yes",
                "'' = :a, \":no ?\" | '' = ?, \":no ?\" | a",
                "/* :no ' ? */ 4 / :n * 2 -- | /* :no ' ? */ 4 / ? * 2 -- | n",
                "a : b, json ?? :key, 'C:\\' = :path | a : b, json ?? ?, 'C:\\' = ? | key path",
            })
    void replacesNamesByParameters(String sql, String expected, String names) {
        ParsedSql parsed = NamedParameterParser.parse(sql);
        assertEquals(expected, parsed.getSql());
        assertEquals(List.of(names.split(" ")), parsed.getParameters().getParameterNames());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "INSERT INTO t (a, b) VALUES (:a, :b) ON CONFLICT DO NOTHING",
                "SELECT x->>'a:b' FROM t WHERE x = ANY(:ids::bigint[]) AND \"y\" < :y LIMIT :limit",
                "UPDATE t SET a = ? WHERE b = ?",
            })
    void parsesLikeTheParserOfJdbi(String sql) {
        ParsedSql expected = database.jdbi()
                .withHandle(handle -> new ColonPrefixSqlParser()
                        .parse(sql, handle.createQuery("SELECT 1").getContext()));
        assertEquals(expected, NamedParameterParser.parse(sql));
    }

    @Test
    void isTheParserOfTheDatabase() {
        List<String> found = database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT ':no' || :yes::text")
                        .bind("yes", "!")
                        .mapTo(String.class)
                        .list());
        assertEquals(List.of(":no!"), found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 'a", "SELECT \"a", "SELECT /* a"})
    void rejectsTextsWithoutAnEnd(String sql) {
        String message = assertThrows(IllegalArgumentException.class, () -> NamedParameterParser.parse(sql))
                .getMessage();
        assertTrue(message.contains("ends"), message);
    }
}
