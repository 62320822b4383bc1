using System.Runtime.CompilerServices;
using Bunit;

namespace MigrationPortal.Tests.Shared;

/// <summary>How long tests wait for what a page shows. A busy machine takes long for one that reads a database; bUnit's own limit is one second.</summary>
internal static class WaitLimit
{
    [ModuleInitializer]
    internal static void Set() => BunitContext.DefaultWaitTimeout = TimeSpan.FromMinutes(1);
}
