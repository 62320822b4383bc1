using System.Resources;
using System.Runtime.CompilerServices;
using MigrationPortal.Engine;

namespace MigrationPortal.Texts;

/// <summary>The portal's own sentences: why something was refused, what happened to a batch, what a run waits for, what a check found, and why a sign-in was refused.</summary>
internal static class PortalTexts
{
    [ModuleInitializer]
    internal static void Add() => WordingResources.Add(
        new ResourceManager("MigrationPortal.Texts.Refusals", typeof(PortalTexts).Assembly),
        new ResourceManager("MigrationPortal.Texts.Events", typeof(PortalTexts).Assembly),
        new ResourceManager("MigrationPortal.Texts.Checks", typeof(PortalTexts).Assembly),
        // What an option and its values are called, on its page and in sentences about it.
        new ResourceManager("MigrationPortal.PoolPairs.PlanOptionTexts", typeof(PortalTexts).Assembly),
        // What a rule found, in its list and in sentences about it.
        new ResourceManager("MigrationPortal.Batches.Viewing.Deciding.RuleTexts", typeof(PortalTexts).Assembly),
        // What a rule of a review policy can use, in its form and in refusals of it.
        new ResourceManager("MigrationPortal.Reviews.Policy.ReviewFactTexts", typeof(PortalTexts).Assembly),
        new ResourceManager("MigrationPortal.Texts.SignInReasons", typeof(PortalTexts).Assembly));
}
