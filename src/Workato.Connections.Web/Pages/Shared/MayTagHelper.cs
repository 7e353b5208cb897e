using Microsoft.AspNetCore.Razor.TagHelpers;
using Workato.Connections.Privileges;

namespace Workato.Connections.Web.Pages.Shared;

/// <summary>An element only for those who may: <c>&lt;a may="CreateConnections" ...&gt;</c>. Others do not see it; the server refuses them all the same.</summary>
[HtmlTargetElement("*", Attributes = "may")]
public sealed class MayTagHelper(CurrentAccess current) : TagHelper
{
    /// <summary>What it takes.</summary>
    public Privilege May { get; set; }

    /// <inheritdoc/>
    public override int Order => int.MinValue;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!current.Access.May(May)) output.SuppressOutput();
    }
}
