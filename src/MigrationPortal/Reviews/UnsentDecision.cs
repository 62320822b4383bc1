namespace MigrationPortal.Reviews;

/// <summary>What a person typed beside a decision and has not sent, as long as the tab's circuit lives: of one batch, since a tab shows one.</summary>
internal sealed class UnsentDecision
{
    private long _batchId;
    private string _text = "";

    public string Find(long batchId) => batchId == _batchId ? _text : "";

    public void Keep(long batchId, string text) => (_batchId, _text) = (batchId, text);

    public void Forget() => (_batchId, _text) = (0, "");
}
