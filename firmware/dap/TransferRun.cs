using SharpProbe.Wire;

namespace SharpProbe.Dap;

/// <summary>The transfers of one DAP_Transfer. A read of an AP is posted: its data come with the next one, or from RDBUFF before anything else; a write is checked by a read of RDBUFF at the end.</summary>
ref struct TransferRun(DapEngine dap)
{
    private bool _posted, _unchecked;

    /// <summary>For the response: the last acknowledge.</summary>
    public int Response { get; private set; }

    /// <summary>1 when the last request was taken and failed.</summary>
    public int Refused { get; private set; }

    /// <summary>Takes the next request and does it. False: it failed, or it was not taken because request or response end.</summary>
    public bool TryNext(ref RequestReader request, ref ResponseWriter response)
    {
        RequestReader ahead = request;
        if (!ahead.TryByte(out int bits)) return false;
        var kind = new TransferRequest(bits);
        uint value = 0;
        if (kind.DataLength != 0 && !ahead.TryWord(out value))
        {
            request.Skip(request.Left);
            return false;
        }
        int room = (_posted ? 4 : 0) + (kind.IsRead && !kind.IsMatch ? 4 : 0) + (kind.HasTimeStamp ? 4 : 0);
        if (response.Room < room) return false;
        request = ahead;
        Response = kind.IsRead ? Read(kind, value, ref response) : Write(kind, value, ref response);
        if (Response == DapAck.Ok) return true;
        Refused = 1;
        _posted = _unchecked = false;
        return false;
    }

    /// <summary>Fetches what is posted, or waits for the last write; their acknowledge becomes the response.</summary>
    public void Finish(ref ResponseWriter response)
    {
        if (_posted) Response = Fetch(ref response);
        else if (_unchecked) Response = dap.Check();
    }

    private int Read(TransferRequest kind, uint value, ref ResponseWriter response)
    {
        bool overlaps = _posted && kind.IsAp && !kind.IsMatch;
        int result = _posted && !overlaps ? Fetch(ref response) : DapAck.Ok;
        _unchecked = false;
        if (result != DapAck.Ok) return result;
        if (kind.IsMatch) return Match(kind, value);
        uint data = 0;
        result = dap.Access(kind.Wire, ref data);
        if (result != DapAck.Ok) return result;
        if (overlaps) response.Word(data);
        Stamp(kind, ref response);
        _posted = kind.IsAp;
        if (!kind.IsAp) response.Word(data);
        return result;
    }

    private int Write(TransferRequest kind, uint value, ref ResponseWriter response)
    {
        int result = _posted ? Fetch(ref response) : DapAck.Ok;
        if (result != DapAck.Ok) return result;
        if (kind.IsMask)
        {
            dap.Settings.MatchMask = value;
            return result;
        }
        result = dap.Access(kind.Wire, ref value);
        if (result != DapAck.Ok) return result;
        Stamp(kind, ref response);
        _unchecked = true;
        return result;
    }

    /// <summary>Reads until the value matches under the mask. Of an AP the first read is posted, and one more than compared.</summary>
    private readonly int Match(TransferRequest kind, uint wanted)
    {
        uint data = 0, mask = dap.Settings.MatchMask;
        int result = kind.IsAp ? dap.Access(kind.Wire, ref data) : DapAck.Ok;
        for (int left = dap.Settings.MatchRetries; result == DapAck.Ok; left--)
        {
            result = dap.Access(kind.Wire, ref data);
            if (result != DapAck.Ok || (data & mask) == wanted) return result;
            if (left == 0 || dap.Aborted) return result | DapAck.Mismatch;
        }
        return result;
    }

    private int Fetch(ref ResponseWriter response)
    {
        _posted = false;
        uint data = 0;
        int result = dap.Access(SwdRequest.ReadDp(12), ref data);
        if (result == DapAck.Ok) response.Word(data);
        return result;
    }

    private readonly void Stamp(TransferRequest kind, ref ResponseWriter response)
    {
        if (kind.HasTimeStamp) response.Word(dap.Wire.Ticks);
    }
}
