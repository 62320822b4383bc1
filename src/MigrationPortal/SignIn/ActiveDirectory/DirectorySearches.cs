using System.Collections.Concurrent;
using System.DirectoryServices.Protocols;
using Microsoft.Extensions.Options;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.SignIn.ActiveDirectory;

/// <summary>The questions that are asked on a connection.</summary>
internal sealed partial class DirectorySearches(IOptions<ActiveDirectoryOptions> options, GrantRules grants, TimeProvider time, ILogger<DirectorySearches> log)
{
    // Follows memberships through groups in groups, on the server.
    private const string InChain = "1.2.840.113556.1.4.1941";

    private static readonly TimeSpan GroupsLifetime = TimeSpan.FromMinutes(10);

    // Bounded by the configured groups.
    private readonly ConcurrentDictionary<string, (string? DistinguishedName, DateTimeOffset At)> _groups = new(StringComparer.OrdinalIgnoreCase);

    public DirectoryAccount? FindByName(LdapConnection connection, string typed) =>
        LdapFilter.Person(typed, options.Value.Realm!) is { } filter ? Find(connection, filter) : null;

    public DirectoryAccount? FindById(LdapConnection connection, Guid id) => Find(connection, $"(objectGUID={LdapFilter.Escape(id.ToByteArray())})");

    /// <summary>Which of the configured groups the account is in, directly or through others. Its primary group does not count: the directory keeps that elsewhere.</summary>
    public Memberships MembershipsOf(LdapConnection connection, DirectoryAccount account)
    {
        var groups = grants.Groups.Where(group => FindGroup(connection, group) is { } name && IsMember(connection, account.DistinguishedName, name));
        return new([.. groups], []);
    }

    private static bool IsMember(LdapConnection connection, string account, string group)
    {
        var request = new SearchRequest(account, $"(memberOf:{InChain}:={LdapFilter.Escape(group)})", SearchScope.Base, "1.1");
        return ((SearchResponse)connection.SendRequest(request)).Entries.Count == 1;
    }

    private DirectoryAccount? Find(LdapConnection connection, string filter)
    {
        var request = new SearchRequest(options.Value.BaseDn, filter, SearchScope.Subtree, DirectoryAccount.Attributes) { SizeLimit = 2 };
        try
        {
            var entries = ((SearchResponse)connection.SendRequest(request)).Entries;
            // Two that answer to one name are nobody.
            return entries.Count == 1 ? DirectoryAccount.Of(entries[0], time.GetUtcNow()) : null;
        }
        catch (DirectoryOperationException tooMany) when (tooMany.Response?.ResultCode == ResultCode.SizeLimitExceeded)
        {
            return null;
        }
    }

    private string? FindGroup(LdapConnection connection, string group)
    {
        // CN=Portal-Approvers,OU=Groups,DC=corp,DC=example
        if (group.Contains("DC=", StringComparison.OrdinalIgnoreCase))
            return group;
        if (_groups.TryGetValue(group, out var known) && time.GetUtcNow() - known.At < GroupsLifetime)
            return known.DistinguishedName;
        var request = new SearchRequest(options.Value.BaseDn, $"(&(objectCategory=group)(sAMAccountName={LdapFilter.Escape(group)}))", SearchScope.Subtree, "1.1") { SizeLimit = 2 };
        var entries = ((SearchResponse)connection.SendRequest(request)).Entries;
        var name = entries.Count == 1 ? entries[0].DistinguishedName : null;
        if (name is null)
            LogNoGroup(group);
        _groups[group] = (name, time.GetUtcNow());
        return name;
    }

    [LoggerMessage(LogLevel.Warning, "Roles names the group {Group}, which the directory does not know by that account name; it gives nobody a role.")]
    private partial void LogNoGroup(string group);
}
