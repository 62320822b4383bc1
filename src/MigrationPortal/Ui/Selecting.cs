namespace MigrationPortal.Ui;

/// <summary>What the checkboxes of a list do to the ids that are selected, across its pages.</summary>
internal static class Selecting
{
    public static void Toggle(this HashSet<long> selected, long id)
    {
        if (!selected.Remove(id))
            selected.Add(id);
    }

    public static void SetAll(this HashSet<long> selected, IEnumerable<long> ids, bool isOn)
    {
        if (isOn)
            selected.UnionWith(ids);
        else
            selected.ExceptWith(ids);
    }
}
