using System.Text.Json.Serialization;

namespace MigrationPortal.Notices.Outbox;

/// <summary>How a person is told of a kind of event besides the bell, which shows everything.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NoticeMode>))]
public enum NoticeMode
{
    Off,
    Now,
    Digest,
}

/// <summary>A kind of event that people are told of, registered by the feature where it happens.</summary>
/// <param name="Name">In its resources <c>Kind.X</c>, in preferences, in webhooks.</param>
/// <param name="Default">For whoever chose nothing.</param>
/// <param name="IsMandatory">Told at once to everybody concerned, whatever they chose.</param>
/// <param name="IsForPrograms">Sent to webhooks that select it, and to no person.</param>
internal sealed record NoticeKind(string Name, NoticeMode Default = NoticeMode.Now, bool IsMandatory = false, bool IsForPrograms = false);

/// <summary>All of them, in the order in which features register.</summary>
internal sealed class NoticeKinds(IEnumerable<NoticeKind> kinds)
{
    public IReadOnlyList<NoticeKind> All { get; } = [.. kinds.DistinctBy(x => x.Name, StringComparer.Ordinal)];

    public IEnumerable<NoticeKind> OfPeople => All.Where(x => !x.IsForPrograms);

    public NoticeKind? Find(string name) => All.FirstOrDefault(x => x.Name == name);
}

internal static class NoticeKindRegistration
{
    public static IServiceCollection AddNoticeKind(this IServiceCollection services, string name, NoticeMode mode = NoticeMode.Now, bool isMandatory = false) =>
        services.AddSingleton(new NoticeKind(name, mode, isMandatory));

    /// <summary>A kind that everybody with one of the roles in the pool pair is told of.</summary>
    public static IServiceCollection AddNoticeKind(this IServiceCollection services, string name, Role[] roles, NoticeMode mode = NoticeMode.Now, bool isMandatory = false) =>
        services.AddNoticeKind(name, mode, isMandatory).AddSingleton<INoticeAudience>(new RoleAudience(name, roles));
}
