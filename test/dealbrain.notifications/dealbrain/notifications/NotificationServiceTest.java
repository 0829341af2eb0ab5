package dealbrain.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.User;
import dealbrain.http.CountMode;
import dealbrain.http.ProblemException;
import dealbrain.notifications.NotificationHandler.NotificationPage;
import dealbrain.notifications.NotificationHandler.NotificationQuery;
import dealbrain.testing.Concurrently;
import dealbrain.testing.Fixtures;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

class NotificationServiceTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final NotificationQuery ALL = new NotificationQuery(false, null, 100, 0, null, CountMode.LIMITED);

    private static Fixtures fixtures;
    private static NotificationService notifications;
    private User ada;
    private User bob;

    @BeforeAll
    static void connect() {
        StatementCounter.listenTo(database.jdbi());
        fixtures = new Fixtures(database.jdbi());
        notifications = new NotificationService(database.jdbi());
    }

    @BeforeEach
    void users() {
        ada = fixtures.user("ada");
        bob = fixtures.user("bob");
    }

    @Nested
    class Send {
        @Test
        void storesTheTextUnchanged() {
            String typed = "<b>bold</b> & \"quoted\"\n{{name}} 😀";

            notifications.send(ada.id(), NotificationType.SYSTEM, typed, typed, null);

            Notification sent = only(ada);
            assertEquals(NotificationType.SYSTEM, sent.type());
            assertEquals(typed, sent.title());
            assertEquals(typed, sent.message());
            assertNull(sent.shareId());
            assertNull(sent.readAt());
        }

        @Test
        void cutsLongTextsBetweenCharacters() {
            notifications.send(ada.id(), NotificationType.SYSTEM, "😀".repeat(501), "😀".repeat(1001), null);
            notifications.send(bob.id(), NotificationType.SYSTEM, "😀".repeat(500), "😀".repeat(1000), null);

            assertEquals("😀".repeat(499) + "…", only(ada).title());
            assertEquals("😀".repeat(999) + "…", only(ada).message());
            assertEquals("😀".repeat(500), only(bob).title());
            assertEquals("😀".repeat(1000), only(bob).message());
        }

        @Test
        void joinsTheTransactionOfTheCaller() {
            assertThrows(
                    IllegalStateException.class,
                    () -> database.jdbi().inTransaction(_ -> {
                        send(ada, "never");
                        throw new IllegalStateException("rolled back");
                    }));

            assertEquals(List.of(), titles(ALL));
        }
    }

    @Nested
    class Listing {
        @Test
        void isOneStatementForAnyPage() {
            for (int i = 0; i < 30; i++) {
                send(ada, "number " + i);
            }
            List<NotificationPage> pages = new ArrayList<>();

            assertEquals(1, StatementCounter.count(() -> pages.add(page(20, 0))));
            assertEquals(1, StatementCounter.count(() -> pages.add(page(20, 20))));
            assertEquals(1, StatementCounter.count(() -> pages.add(page(20, 100))));

            List<String> all = new ArrayList<>();
            pages.forEach(page -> page.notifications().forEach(each -> all.add(each.title())));
            assertEquals(
                    IntStream.range(0, 30).mapToObj(i -> "number " + (29 - i)).toList(), all);
            pages.forEach(page -> assertEquals(30, page.total()));
            pages.forEach(page -> assertEquals(30, page.unreadCount()));
            assertEquals(100, pages.getLast().offset());
        }

        @Test
        void hasATotalOrder() {
            database.jdbi()
                    .useTransaction(
                            _ -> { // now() is the same for all
                                for (int i = 0; i < 5; i++) {
                                    send(ada, "number " + i);
                                }
                            });

            assertEquals(List.of("number 4", "number 3", "number 2", "number 1", "number 0"), titles(ALL));
        }

        @Test
        void filtersAndCountsAllUnread() {
            send(ada, "read");
            notifications.markRead(ada, only(ada).id());
            send(ada, "unread");
            notifications.send(ada.id(), NotificationType.COLLECTION_COPIED, "copied", null, null);
            send(bob, "of bob");

            assertEquals(
                    List.of("copied", "unread"),
                    titles(new NotificationQuery(true, null, 100, 0, null, CountMode.LIMITED)));
            assertEquals(
                    List.of("copied"),
                    titles(new NotificationQuery(
                            true, NotificationType.COLLECTION_COPIED, 100, 0, null, CountMode.LIMITED)));
            assertEquals(
                    List.of("unread", "read"),
                    titles(new NotificationQuery(false, NotificationType.SYSTEM, 100, 0, null, CountMode.LIMITED)));
            NotificationPage none = notifications.list(
                    ada,
                    new NotificationQuery(false, NotificationType.SHARE_RECEIVED, 100, 0, null, CountMode.LIMITED));
            assertEquals(List.of(), none.notifications());
            assertEquals(0, none.total());
            assertEquals(2, none.unreadCount());
        }
    }

    @Nested
    class MarkRead {
        @Test
        void keepsTheFirstTime() {
            send(ada, "one");
            long id = only(ada).id();

            Notification read = notifications.markRead(ada, id);
            assertNotNull(read.readAt());
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "UPDATE notification SET read_at = read_at - interval '1 day' WHERE id = ?", id));
            Notification again = notifications.markRead(ada, id);

            assertTrue(again.readAt().isBefore(read.readAt()));
            assertEquals(again, only(ada));
            assertEquals(0, notifications.countUnread(ada));
        }

        @Test
        void marksAllOnce() {
            send(ada, "one");
            send(ada, "two");
            send(bob, "of bob");

            assertEquals(2, notifications.markAllRead(ada));
            assertEquals(0, notifications.markAllRead(ada));
            assertEquals(0, notifications.countUnread(ada));
            assertEquals(1, notifications.countUnread(bob));
        }

        @Test
        void marksEachOnceForConcurrentCalls() {
            for (int i = 0; i < 50; i++) {
                send(ada, "number " + i);
            }
            List<Integer> marked = Collections.synchronizedList(new ArrayList<>());

            List<String> outcomes = Concurrently.run(8, _ -> marked.add(notifications.markAllRead(ada)));

            assertEquals(Collections.nCopies(8, "ok"), outcomes);
            assertEquals(50, marked.stream().mapToInt(Integer::intValue).sum());
        }

        @Test
        void doesNotFindNotificationsOfOthers() {
            send(ada, "private");
            long id = only(ada).id();

            assertEquals(
                    problem(() -> notifications.markRead(bob, id + 1_000_000)).replace(id + 1_000_000 + "", "?"),
                    problem(() -> notifications.markRead(bob, id)).replace(id + "", "?"));
            assertNull(only(ada).readAt());
        }
    }

    @Nested
    class Delete {
        @Test
        void isForTheOwnerOnly() {
            send(ada, "one");
            long id = only(ada).id();

            problem(() -> notifications.delete(bob, id));
            notifications.delete(ada, id);
            problem(() -> notifications.delete(ada, id));

            assertEquals(List.of(), titles(ALL));
        }

        @Test
        void deletesABatchOfNotificationsReadLongAgo() {
            for (int i = 0; i < 5; i++) {
                send(ada, "number " + i);
            }
            notifications.markAllRead(ada);
            send(ada, "unread");
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "UPDATE notification SET created_at = created_at - interval '1 year', "
                                    + "read_at = read_at - interval '91 days' "
                                    + "WHERE user_id = ? AND title <> 'number 3'",
                            ada.id()));

            assertEquals(3, notifications.deleteRead(90, 3));
            assertEquals(1, notifications.deleteRead(90, 3));
            assertEquals(0, notifications.deleteRead(90, 3));
            assertEquals(List.of("number 3", "unread"), titles(ALL));
        }
    }

    private static void send(User user, String title) {
        notifications.send(user.id(), NotificationType.SYSTEM, title, null, null);
    }

    private NotificationPage page(int limit, int offset) {
        return notifications.list(ada, new NotificationQuery(false, null, limit, offset, null, CountMode.LIMITED));
    }

    private List<String> titles(NotificationQuery query) {
        NotificationPage page = notifications.list(ada, query);
        assertEquals(page.notifications().size(), page.total());
        return page.notifications().stream().map(Notification::title).toList();
    }

    private static Notification only(User user) {
        List<Notification> found = notifications.list(user, ALL).notifications();
        assertEquals(1, found.size());
        return found.getFirst();
    }

    private static String problem(Executable work) {
        ProblemException problem = assertThrows(ProblemException.class, work);
        assertEquals(404, problem.type().status(), problem.getMessage());
        return problem.getMessage();
    }
}
