using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Tests.Shared;

/// <summary>What a tab, form or dialog can look like.</summary>
internal enum PartState
{
    Filled,
    Loading,
    Empty,
    /// <summary>What it shows could not be read: it says so and offers to try again.</summary>
    Error,
    /// <summary>It says what could not be done, and why.</summary>
    Refused,
    /// <summary>As somebody sees it whose role may read and nothing else.</summary>
    Viewer,
}

/// <summary>The states of a part of a page that a test shows; <c>PartCoverageTests</c> counts them.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ShowsAttribute<T>(params PartState[] states) : ShowsAttribute(typeof(T), states)
    where T : IComponent;

internal abstract class ShowsAttribute(Type part, PartState[] states) : Attribute
{
    public Type Part { get; } = part;

    public IReadOnlyList<PartState> States { get; } = states;
}
