namespace MigrationPortal.Batches.Viewing.BatchRooms;

/// <summary>Names the resources of the tab that lists a batch's rooms.</summary>
internal sealed class BatchRoomTexts;
