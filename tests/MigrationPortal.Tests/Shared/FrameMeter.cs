using System.Runtime.ExceptionServices;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.Extensions.Logging.Abstractions;

// What it measures is how the framework's render batches are laid out; a release that changes them is seen here.
#pragma warning disable BL0006

namespace MigrationPortal.Tests.Shared;

/// <summary>
/// What a circuit would send to its browser for one component, before compression: 16 bytes an edit, 20 a frame and each text once, as
/// Blazor's render batches are laid out.
/// </summary>
internal sealed class FrameMeter(IServiceProvider services) : Renderer(services, NullLoggerFactory.Instance)
{
    private const int EditBytes = 16;
    private const int FrameBytes = 20;

    private long _sent;
    private int? _component;

    public override Dispatcher Dispatcher { get; } = Dispatcher.CreateDefault();

    protected override RendererInfo RendererInfo { get; } = new("Server", isInteractive: true);

    /// <summary>Renders the component with these parameters, the first time or again.</summary>
    /// <returns>The bytes of that.</returns>
    public Task<long> ShowAsync<T>(Dictionary<string, object?> parameters)
        where T : IComponent => Dispatcher.InvokeAsync(async () =>
    {
        _component ??= AssignRootComponentId(InstantiateComponent(typeof(T)));
        var before = _sent;
        await RenderRootComponentAsync(_component.Value, ParameterView.FromDictionary(parameters));
        return _sent - before;
    });

    protected override Task UpdateDisplayAsync(in RenderBatch renderBatch)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < renderBatch.UpdatedComponents.Count; i++)
            _sent += EditBytes * renderBatch.UpdatedComponents.Array[i].Edits.Count;
        _sent += FrameBytes * renderBatch.ReferenceFrames.Count;
        for (var i = 0; i < renderBatch.ReferenceFrames.Count; i++)
            texts.UnionWith(TextsOf(renderBatch.ReferenceFrames.Array[i]));
        _sent += texts.Sum(Encoding.UTF8.GetByteCount);
        return Task.CompletedTask;
    }

    protected override void HandleException(Exception exception) => ExceptionDispatchInfo.Throw(exception);

    private static IEnumerable<string> TextsOf(RenderTreeFrame frame) => frame.FrameType switch
    {
        RenderTreeFrameType.Element => [frame.ElementName],
        RenderTreeFrameType.Attribute => frame.AttributeValue is string value ? [frame.AttributeName, value] : [frame.AttributeName],
        RenderTreeFrameType.Text => [frame.TextContent],
        RenderTreeFrameType.Markup => [frame.MarkupContent],
        _ => [],
    };
}
