package dealbrain.accounts;

import dealbrain.accounts.InviteHandler.InviteInput;
import dealbrain.database.PageRange;
import dealbrain.database.PagedRows;
import dealbrain.database.Transactions;
import dealbrain.http.ListCursors;
import dealbrain.http.PageQuery;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** Invitations: one person can sign up with each, also while sign-up is closed. Thread-safe. */
final class InviteService {
    static final ProblemType INVALID = ProblemType.forbidden(
            "invite-invalid",
            "The invitation is not valid",
            "An invitation works for one sign-up, until it expires. Check the code, or ask an administrator for another"
                    + " one.");

    private final Jdbi jdbi;
    private final InviteDao dao;
    private final AuditLog audit;

    InviteService(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.audit = new AuditLog(jdbi);
        this.dao = jdbi.onDemand(InviteDao.class);
    }

    /** Returns the problem for a code that is unknown, used or expired, or whose invitation was deleted. */
    static ProblemException invalid() {
        return new ProblemException(
                INVALID, "the code in invite is wrong, was used or has expired; ask an administrator for another one");
    }

    /** Creates an invitation. Two statements. */
    NewInvite create(User admin, InviteInput input) {
        String code = ReadableSecret.next();
        return Transactions.inTransaction(jdbi, () -> {
            InviteDao.Inserted created =
                    dao.insert(ReadableSecret.hash(code), input.note(), admin.id(), input.expiresInDays());
            audit.record(AuditAction.INVITE_CREATED, admin, target(created.id()), Map.of());
            return new NewInvite(created.id(), code, input.note(), created.createdAt(), created.expiresAt());
        });
    }

    private static AuditTarget target(long id) {
        return AuditTarget.of("invite", id);
    }

    /** Returns the invitations without their codes, newest first. One statement. */
    PagedList<Invite> list(PageQuery query) {
        ListCursors cursors = new ListCursors(query, "invites");
        PagedRows<Invite> found = dao.list(
                cursors.startOfHighest(),
                new PageRange(query.limit(), query.offset(), query.count().maxRows()));
        return PagedList.of(query, found.rows(), found.counted(), found.next(invite -> cursors.after(invite.id())));
    }

    /**
     * Deletes an invitation, whose code is invalid from then on. A user who signed up with it stays. Two
     * statements.
     *
     * @throws ProblemException not found
     */
    void delete(User admin, long id) {
        Transactions.useTransaction(jdbi, () -> {
            if (dao.delete(id) == 0) {
                throw ProblemException.notFound("invitation", id);
            }
            audit.record(AuditAction.INVITE_DELETED, admin, target(id), Map.of());
        });
    }

    /**
     * Deletes up to {@code batch} invitations that expired more than {@code days} days ago; returns their number. One
     * statement.
     */
    int deleteExpired(int days, int batch) {
        return dao.deleteExpired(days, batch);
    }
}
