using System.Reflection;
using Xunit.Sdk;

namespace MigrationPortal.EndToEnd.Shared;

/// <summary>After each journey: closes what it opened, and fails it by what the browsers complained about, whatever the journey looked at.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ClosesPagesAttribute : BeforeAfterTestAttribute
{
    // The framework waits for nothing here.
    public override void After(MethodInfo methodUnderTest) => Axe.IsNothing(Task.Run(OpenedPages.CloseAsync).GetAwaiter().GetResult());
}
