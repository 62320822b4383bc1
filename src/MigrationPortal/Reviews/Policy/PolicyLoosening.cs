namespace MigrationPortal.Reviews.Policy;

/// <summary>Whether one version of a policy asks for less than the one before it, in anything at all.</summary>
internal static class PolicyLoosening
{
    extension(ReviewPolicy now)
    {
        public bool IsLooserThan(ReviewPolicy before) =>
            now.Approvals < before.Approvals
            || now.Starter < before.Starter
            || (now.Lifetime ?? TimeSpan.MaxValue) > (before.Lifetime ?? TimeSpan.MaxValue)
            || (before.WarningsNeedReason && !now.WarningsNeedReason)
            || (before.OpenThreadsBlock && !now.OpenThreadsBlock)
            || (now.BreakGlass && !before.BreakGlass)
            || before.Rules.Any(rule => !now.Covers(rule));

        // A rule may go where the rest asks for as much as it did.
        private bool Covers(PolicyRule rule)
        {
            var same = now.Rules.Where(x => x.Fact == rule.Fact && x.AtLeast <= rule.AtLeast).ToList();
            return (rule.Approvals is not { } asked || asked <= now.Approvals || same.Any(x => x.Approvals >= asked))
                && (rule.Needs is null || same.Any(x => x.Needs == rule.Needs));
        }
    }
}
