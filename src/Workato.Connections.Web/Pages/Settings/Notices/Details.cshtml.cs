using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Data;
using Workato.Connections.Notices;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings.Notices;

/// <summary>A channel with what was sent to it last, and what can be done about it.</summary>
[Needs(Privilege.ReadSettings)]
internal sealed class DetailsModel(NoticeChannels channels, NoticeDeliveries deliveries, ProjectDirectory projects, TimeProvider time) : NoticeChannelPageModel(channels)
{
    private const int Size = 50;

    /// <summary>The trial that was just made.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Tried { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Saved { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Asked { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public Page<NoticeDelivery> List { get; private set; } = new([], false);

    public IReadOnlyList<Project> Projects { get; private set; } = [];

    public int Waiting { get; private set; }

    public DateTimeOffset? Next { get; private set; }

    public DateTimeOffset? QuietUntil { get; private set; }

    public NoticeDelivery? Trial => List.Items.FirstOrDefault(d => d.Id == Tried);

    public Task OnGetAsync(CancellationToken cancel) => ShowAsync(cancel);

    [Needs(Privilege.UpdateSettings)]
    public async Task<IActionResult> OnPostTestAsync(CancellationToken cancel)
    {
        var trial = await deliveries.TestAsync(Id, cancel);
        return trial.Refusal is { } refusal ? await RefuseAsync(refusal, cancel) : RedirectToPage(new { Id, tried = trial.Value!.Id });
    }

    [Needs(Privilege.UpdateSettings)]
    public async Task<IActionResult> OnPostSendNowAsync(CancellationToken cancel) => await EndAsync((await deliveries.SendNowAsync(Id, cancel)).Refusal, new { Id, asked = true }, cancel);

    [Needs(Privilege.UpdateSettings)]
    public async Task<IActionResult> OnPostReplayAsync(long delivery, CancellationToken cancel) => await EndAsync((await deliveries.ReplayAsync(Id, delivery, cancel)).Refusal, new { Id, asked = true }, cancel);

    [Needs(Privilege.UpdateSettings)]
    public async Task<IActionResult> OnPostSwitchAsync(bool on, CancellationToken cancel) => await EndAsync((await Channels.UpdateAsync(Id, new() { IsOn = on }, cancel)).Refusal, new { Id }, cancel);

    private async Task<IActionResult> EndAsync(Refusal? refusal, object values, CancellationToken cancel) => refusal is null ? RedirectToPage(values) : await RefuseAsync(refusal, cancel);

    private async Task<IActionResult> RefuseAsync(Refusal refusal, CancellationToken cancel)
    {
        Refusal = refusal;
        await ShowAsync(cancel);
        return Page();
    }

    private async Task ShowAsync(CancellationToken cancel)
    {
        List = await deliveries.PageAsync(Id, Before, Size, cancel);
        (Waiting, Next, Projects) = (await deliveries.WaitingAsync(Id, cancel), await deliveries.NextAsync(Id, cancel), await projects.ReachedAsync(cancel));
        QuietUntil = QuietHours.EndOf(Channel, time.GetUtcNow());
    }
}
