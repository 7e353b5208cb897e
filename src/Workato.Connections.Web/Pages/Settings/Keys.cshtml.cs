using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Operating;
using Workato.Connections.Privileges;
using Workato.Connections.Secrets;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings;

/// <summary>The keys that credentials are sealed under, and their rotation.</summary>
[Needs(Privilege.ReadSettings)]
internal sealed class KeysModel(KeyRotations rotations, KeyStock stock) : PageModel
{
    public IReadOnlyList<KeyRotation> Rotations { get; private set; } = [];

    public IReadOnlyList<KeyCount> Keys { get; private set; } = [];

    public string Certificate => stock.CertificateInForce;

    public string? OtherCertificate => stock.OtherCertificate;

    public Refusal? Refusal { get; private set; }

    public bool IsGoingOn => Rotations.Any(r => r.FinishedAt is null);

    public int UnderOtherCertificate => Keys.Count(k => k.WrappedBy is not null && k.WrappedBy != Certificate);

    public bool MayStart(string kind) => Rotations.All(r => r.Kind != kind || r.FinishedAt is not null);

    public Task OnGetAsync(CancellationToken cancel) => ShowAsync(cancel);

    [Needs(Privilege.UpdateSettings)]
    public async Task<IActionResult> OnPostAsync(string kind, CancellationToken cancel)
    {
        Refusal = (await rotations.StartAsync(kind, cancel)).Refusal;
        if (Refusal is null) return RedirectToPage();
        await ShowAsync(cancel);
        return Page();
    }

    private async Task ShowAsync(CancellationToken cancel) => (Rotations, Keys) = (await rotations.ListAsync(cancel), await stock.ListAsync(cancel));
}
