using SharpProbe.Conformance.Cases;

namespace SharpProbe.Conformance;

/// <summary>All cases. Boundaries lie where the probe's packet size and count put them.</summary>
static class CaseList
{
    public static List<Case> For(ProbeFacts probe) =>
    [
        .. InfoCases.All(probe), .. ConnectCases.All(probe), .. GeneralCases.All(probe), .. SwjCases.All(probe), .. SwdCases.All(probe), .. TransferCases.All(probe), .. StampCases.All(probe), .. BlockCases.All(probe),
        .. AtomicCases.All(probe), .. UnknownCases.All(probe), .. JtagCases.All(probe), .. SwoCases.All(probe), .. UartCases.All(probe), .. SessionCases.All(probe), .. RandomCases.All(probe),
    ];
}
