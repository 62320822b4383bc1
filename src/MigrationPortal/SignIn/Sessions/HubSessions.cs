using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.Live;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.Tokens;

namespace MigrationPortal.SignIn.Sessions;

/// <summary>Ends a program's hub connection with the session or token that opened it; the connection itself would go on for ever.</summary>
internal sealed partial class HubSessions(LiveSessions sessions, LiveTokens tokens, WaitOut waitOut, IOptions<SignInOptions> options, TimeProvider time, ILogger<HubSessions> log) : IHubFilter
{
    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        if (context.Hub is IHubForPrograms && context.Context.User is { Identity.IsAuthenticated: true } user && user.ToCaller() is { } caller && (caller.SessionId ?? caller.TokenId) is not null)
            _ = WatchAsync(context.Context, caller);
        await next(context);
    }

    private async Task WatchAsync(HubCallerContext connection, Caller caller)
    {
        using var timer = new PeriodicTimer(options.Value.RecheckInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(connection.ConnectionAborted))
            {
                if (!await waitOut.DoAsync("The right of a hub connection", token => StandsAsync(caller, token), connection.ConnectionAborted))
                    connection.Abort();
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is gone.
        }
        catch (Exception failure)
        {
            // Who cannot be asked about does not stay.
            LogLost(failure);
            connection.Abort();
        }
    }

    private async Task<bool> StandsAsync(Caller caller, CancellationToken cancellationToken) => caller.SessionId is { } session
        ? await sessions.FindAsync(session, isSeen: false, now: false, cancellationToken) is { Caller.Roles.Count: > 0 }
        : await tokens.FindAsync(caller.TokenId!.Value, cancellationToken) is { Caller.Roles.Count: > 0 };

    [LoggerMessage(LogLevel.Error, "Whether a hub connection may go on could not be found out; it is ended.")]
    private partial void LogLost(Exception failure);
}
