using MigrationPortal.Engine;
using MigrationPortal.SignIn.Sessions;
using MigrationPortal.SignIn.Tokens;

namespace MigrationPortal.SignIn;

/// <summary>
/// For commands that cannot be taken back: what somebody was let in with must still stand at this moment, whatever an open page
/// believes. The session, the account and its groups are asked about anew.
/// </summary>
internal sealed class FreshRights(LiveSessions sessions, LiveTokens tokens)
{
    /// <returns>The caller as they are now.</returns>
    public async Task<Outcome<Caller>> RequireAsync(Caller caller, Role role, string doing, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, role, doing) is { } lacking)
            return lacking;
        var fresh = await RenewAsync(caller, cancellationToken);
        return fresh.IsDone && Rights.Require(fresh.Value, role, doing) is { } refusal ? refusal : fresh;
    }

    private async Task<Outcome<Caller>> RenewAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.SessionId is { } session)
        {
            var live = await sessions.FindAsync(session, isSeen: true, now: true, cancellationToken);
            return live is null ? new Refusal("session-ended", RefusalKind.NotAllowed) : live.IsCertain ? live.Caller : Silent();
        }

        if (caller.TokenId is { } token)
        {
            var live = await tokens.FindAsync(token, cancellationToken);
            return live is null ? new Refusal("session-ended.token", RefusalKind.NotAllowed) : live.IsCertain ? live.Caller : Silent();
        }

        return caller;
    }

    private static Refusal Silent() =>
        new("directory-unavailable", RefusalKind.Unavailable);
}
