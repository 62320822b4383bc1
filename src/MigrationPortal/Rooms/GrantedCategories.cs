using System.Globalization;
using Microsoft.Extensions.Options;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.Rooms;

/// <summary>Says after a scan which roles of the configuration are bound to a category that is not there, or that two could be meant by.</summary>
internal sealed partial class GrantedCategories(ICategoryCheck categories, IOptions<RolesOptions> roles, ILogger<GrantedCategories> log) : IAfterScan
{
    public async Task AfterScanAsync(string poolPairId, CancellationToken cancellationToken)
    {
        foreach (var grant in roles.Value.Grants.Where(x => x.Category is { Length: > 0 } && (string.IsNullOrEmpty(x.PoolPair) || x.PoolPair == poolPairId)))
        {
            if (await categories.RefuseAsync(poolPairId, grant.Category!, cancellationToken) is { } refusal)
                GivesNothing(log, grant.Group ?? "", grant.Role ?? "", poolPairId, refusal.In(CultureInfo.InvariantCulture));
        }
    }

    [LoggerMessage(LogLevel.Warning, "Roles:Grants gives {Group} the role {Role} over nothing in {PoolPair}: {Reason}")]
    private static partial void GivesNothing(ILogger log, string group, string role, string poolPair, string reason);
}
