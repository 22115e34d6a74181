namespace SharpProbe.Sim.Usb;

/// <summary>
/// What no operating system asks in everyday use and a tester does (the USB-IF's USB20CV in spirit): a list of named checks, each from a section of a specification. After each the device
/// still has to say who it is, be configured, and have its configuration's bytes unchanged. The device is configured before and after; ports must not be open.
/// </summary>
public sealed class UsbExamination(UsbHost host)
{
    private readonly List<UsbCheckResult> _results = [];

    /// <summary>The whole list, in the order in which it is gone through.</summary>
    public static IReadOnlyList<UsbCheck> List { get; } =
        [.. DescriptorChecks.Rows, .. RequestChecks.Rows, .. EndpointChecks.Rows, .. ControlChecks.Rows, .. CdcChecks.Rows, .. HidChecks.Rows, .. DfuChecks.Rows, .. DfuModeChecks.Rows, .. MicrosoftChecks.Rows, .. StateChecks.Rows];

    public IReadOnlyList<UsbCheckResult> Results => _results;

    /// <summary>The row at hand.</summary>
    public UsbCheck? Current { get; private set; }

    /// <summary>Goes through the list; let simulated time pass until it is completed (a few seconds). What is wrong is a finding of the host's too.</summary>
    public async HostTask<bool> Run()
    {
        byte[] descriptor = host.Identity.Descriptor!.Bytes.ToArray(), configuration = host.Identity.Configuration!.Bytes.ToArray();
        foreach (var check in List)
        {
            Current = check;
            var examiner = new UsbExaminer(host);
            if (check.Concerns?.Invoke(examiner) == false)
            {
                _results.Add(new(check, 0, []));
                continue;
            }
            int before = host.Findings.All.Count;
            await check.Run(examiner);
            int questions = examiner.Questions;
            if (!host.IsConfigured) examiner.Require(false, $"the host has lost the device: {host.State}");
            else
            {
                await examiner.Expect(new(UsbExaminer.In, UsbSetup.GetConfiguration, 0, 0, 1), configuration[5]);
                await examiner.Expect(new(UsbExaminer.In, UsbSetup.GetDescriptor, UsbDescriptorType.Device << 8, 0, UsbDeviceDescriptor.Size), descriptor);
                await examiner.Expect(new(UsbExaminer.In, UsbSetup.GetDescriptor, UsbDescriptorType.Configuration << 8, 0, 0xFFFF), configuration);
            }
            // What the host itself found fault with meanwhile: toggles, lengths, answers out of turn.
            _results.Add(new(check, questions, [.. examiner.Complaints.Concat(host.Findings.All.Skip(before)).Distinct()]));
            if (!host.IsConfigured) return false;
        }
        return true;
    }
}
