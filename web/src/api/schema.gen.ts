/** The types of docs/openapi.json, written by `make gen`. Not to be edited; `types.ts` gives them names. */
export interface paths {
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description. */
        get: operations["get_openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists who looked at which reports.
         * @description Of a kommun, newest first: each look at one report, a list, the moderators' queue or a file taken home, and once an hour that a map program was given exact
         *     places. With `many=true` only what was one of 200 looks or more of one person within an hour.
         */
        get: operations["list_accesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists what one has beside a password. */
        get: operations["list_factors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds a passkey.
         * @description The other sessions end.
         */
        post: operations["create_passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins to add a passkey. */
        post: operations["ask_new_passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/passkeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes a passkey.
         * @description With the last factor the recovery codes go, and the password alone logs in again.
         */
        delete: operations["delete_passkey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes one's password.
         * @description The other sessions end. Twenty attempts in twenty minutes are heard.
         */
        post: operations["change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes new recovery codes; those before hold no longer. */
        post: operations["renew_recovery_codes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where one is logged in. */
        get: operations["list_sessions"];
        put?: never;
        post?: never;
        /** Logs out everywhere else. */
        delete: operations["end_other_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends one of one's sessions. */
        delete: operations["end_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists one's tokens. */
        get: operations["list_tokens"];
        put?: never;
        /**
         * Makes a token for a machine.
         * @description It may do what its owner may at the time it is used, or only read of it; nothing of the account itself.
         */
        post: operations["create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes a token. */
        delete: operations["delete_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Adds an authenticator app that shows this code.
         * @description In place of any before; the other sessions end.
         */
        put: operations["set_totp"];
        /** Begins to add an authenticator app. */
        post: operations["ask_new_totp"];
        /** Removes the authenticator app. */
        delete: operations["delete_totp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Clusters of reports that lie close together.
         * @description DBSCAN over one kommun's placed reports under every filter, at most 500,000 of them: for each cluster the convex hull of its reports. It
         *     describes and tests nothing: there are clusters in pure chance too.
         */
        get: operations["get_clusters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/heatmap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counts per cell.
         * @description With the right: live and exact, under every filter, up to 50,000 cells. For everybody else, or with `public=true`: the sum of the kommun's releases, in squares of
         *     250, 500 or 1000 m, with at most one `group`, `feeling`, and `from`/`to` on whole quarters. `bbox` gives whole frozen cells. Any
         *     other question is refused, whatever its answer would be. `statistic=gi_star` finds hotspots over a kommun, or over the part of it that the filters name, and
         *     as `text/csv` gives every cell of the study area; `statistic=local_moran` tells clusters from outliers; `statistic=rate` counts per inhabitant of squares of 1 km; `statistic=density` smooths over squares, or draws `bands`;
         *     `statistic=change` compares `from`/`to` with `before_from`/`before_to`. Before the first release, and of a time
         *     without one: no cells, `release: null` and a `message`. `Accept: application/vnd.lykta.columns+json` gives the same without polygons, a list
         *     for each property.
         */
        get: operations["get_heatmap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reads a link.
         * @description A `POST`, so that the key stands in no log.
         */
        post: operations["read_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accepts an invitation.
         * @description The link is used up, the password is set, and the answer is a session. Only the first administrator gives name and e-mail address.
         */
        post: operations["accept_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/moderation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what waits for a moderator.
         * @description Reports of a kommun in one state, the oldest first, each with what the guard sees in its words and what it may be the same as.
         */
        get: operations["list_moderation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/municipalities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kommuner with their outlines. */
        get: operations["list_municipalities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/municipalities/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A kommun with its agreements and whom to turn to. */
        get: operations["get_municipality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/municipalities/{code}/focus-areas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The focus areas of a kommun's agreements.
         * @description A place has a shape; a theme has `geometry: null` and covers its categories anywhere in the kommun.
         */
        get: operations["list_focus_areas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/municipalities/{code}/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The public releases of a kommun. */
        get: operations["list_releases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/parties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the parties that the caller looks after. */
        get: operations["list_parties"];
        put?: never;
        /** Adds a party. */
        post: operations["create_party"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/parties/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes a party. */
        delete: operations["delete_party"];
        options?: never;
        head?: never;
        /**
         * Changes a party.
         * @description Where it works and its term are for those above it to change.
         */
        patch: operations["patch_party"];
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the people of the caller's parties. */
        get: operations["list_people"];
        put?: never;
        /**
         * Invites somebody.
         * @description The answer holds a one-time link to hand over; nothing is sent. Repeated before it is accepted, the link is a new one.
         */
        post: operations["create_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Erases an account.
         * @description Name, address, password, sessions and tokens go; the change logs keep an id that tells nobody anything.
         */
        delete: operations["delete_person"];
        options?: never;
        head?: never;
        /**
         * Changes a person.
         * @description `assignments` is all that they are for the caller's parties. Their sessions end when what they may do changes. Nobody changes their own.
         */
        patch: operations["patch_person"];
        trace?: never;
    };
    "/api/v1/people/{id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a new link for a person.
         * @description The link before it, the password, the sessions and the tokens hold no longer.
         */
        post: operations["invite_person_again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/photos/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows a photo. */
        get: operations["get_photo"];
        /**
         * Adds a photo to a report.
         * @description With the receipt of the report, within three days after it. What is kept is the picture alone, at most 1,600 pixels: no place, time or name that the file
         *     held. The id is made by the telephone; with the same id and bytes again: the same photo.
         */
        put: operations["put_photo"];
        post?: never;
        /**
         * Removes a photo from a report.
         * @description With the receipt of the report; the picture goes with it.
         */
        delete: operations["delete_photo"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/photos/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Decides on a photo.
         * @description Whether everybody may see it, and which parts nobody may: those are hidden in the pixels for good, and the picture from before is gone. Taking a decision
         *     back is deciding again.
         */
        put: operations["review_photo"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/photos/{id}/thumbnail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows a photo small. */
        get: operations["get_thumbnail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Names to find a place by.
         * @description Those that begin with `q`; without `q`, all names of the kommun.
         */
        get: operations["search_places"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reads a receipt.
         * @description What became of the report, and what of it may be seen by others. A `POST`, so that the code stands in no log.
         */
        post: operations["read_receipt"];
        /**
         * Withdraws a report.
         * @description Its words, place and tokens are gone; only that there was one remains.
         */
        delete: operations["withdraw_report"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/receipts/photos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists one's own photos.
         * @description Of the report of a receipt.
         */
        get: operations["list_own_photos"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists reports.
         * @description For those with the right, all that answer the filters, live, newest first; as CSV, whole, when `Accept` asks for `text/csv`. For everybody else
         *     those that a moderator has shown, in the geometry of their publication class: the place of a thing, or the square of what was felt, once enough
         *     people have told of it; of the filters `municipality`, `bbox` (of what is shown), `group`, `category`, `feeling` and `status`.
         */
        get: operations["list_reports"];
        put?: never;
        /**
         * Sends a report.
         * @description A repeat of the same id and content answers 200 with the same receipt, so a phone that does not know whether its first try arrived may
         *     try again. In an emergency call 112; a report here is not a report to the police.
         */
        post: operations["create_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reads a report.
         * @description With what happened to it, the status it may take next, and similar open reports within 250 m.
         */
        get: operations["get_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes a report.
         * @description Its status, the public answer (`null` or empty words take it back), or the place of one that came in words; only from the version that was
         *     read.
         */
        patch: operations["patch_report"];
        trace?: never;
    };
    "/api/v1/reports/{id}/moderation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Decides on a report.
         * @description What of it is counted in releases and seen by everybody, from the version that was read. Taking a decision back is deciding again.
         */
        put: operations["moderate_report"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{id}/photos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the photos of a report.
         * @description All of them for whoever may read it; for everybody else those that are shown, of a report that is.
         */
        get: operations["list_photos"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{id}/place": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Says that two reports are of one place.
         * @description Each keeps its own supporters, answer and history; those of the place are what they have together. Saying it twice changes nothing.
         */
        put: operations["merge_report"];
        post?: never;
        /**
         * Takes a report out of its place.
         * @description With it go its supporters. A place of which one report is left is none.
         */
        delete: operations["unmerge_report"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{id}/support": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says "me too".
         * @description To a report that everybody may see. Saying it twice changes nothing.
         */
        post: operations["support_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the roles.
         * @description The permission table: which role fits which kind of party, and what it may do.
         */
        get: operations["list_roles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where more is told of something than expected.
         * @description Kulldorff's spatial scan over the cells of one kommun: circles with more cases than expected, the most likely first, none filtered by
         *     its p. `against=reports` asks: of what is told here, is this told more? What is expected in a cell is then in proportion to everything
         *     told there, whatever its category and time. `against=population`, on squares of 1 km: in proportion to how many live there. As
         *     `text/csv` it gives the cells, from which `lykta analyse scan` finds the same.
         */
        get: operations["get_scan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is calling, and what they may do where. */
        get: operations["get_session"];
        put?: never;
        /**
         * Logs in.
         * @description With e-mail address and password, or with the operator token. The answer is a cookie that no script can read; it holds for half an hour
         *     after its last use, twelve hours at most. An unknown address, a wrong password and a closed account are answered alike.
         */
        post: operations["create_session"];
        /** Logs out. */
        delete: operations["delete_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/oidc/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Goes to a log-in service.
         * @description For a browser to follow: OpenID Connect, code flow with PKCE.
         */
        get: operations["begin_oidc"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/oidc/{provider}/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Comes back from a log-in service.
         * @description For a browser that the service sends; whatever it sends beside what is read is left alone.
         */
        get: operations["finish_oidc"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks for a passkey.
         * @description In place of login and password: the authenticator knows whose it is.
         */
        post: operations["ask_passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shows what was awaited, and logs in.
         * @description A code of the authenticator app holds once, a recovery code too. What does not hold, comes too late or too often is answered alike.
         */
        post: operations["prove_log_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the log-in services. */
        get: operations["list_providers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Finds similar reports.
         * @description Open ones of the same category that everybody may see, near a place: so that one can say "me too" instead of telling it again.
         */
        get: operations["list_similar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The numbers beside the map.
         * @description How many reports answer the filters, by hour, weekday, month, category and everything else one may filter by. `municipality` is needed.
         */
        get: operations["get_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/basemap/config.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the map is drawn on. */
        get: operations["get_basemap_config"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/basemap/tiles.pmtiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The base map's tiles, by byte ranges. */
        get: operations["get_basemap_tiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process lives. */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether it can take a report. */
        get: operations["get_readiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Acceptance: {
            /** @description What the link holds. */
            key: string;
            /** @description E-mail address, of the first administrator only. */
            login?: string | null;
            /** @description Name, of the first administrator only. */
            name?: string | null;
            /**
             * Format: password
             * @description The new password, not one that is soon guessed.
             */
            password: string;
        };
        /** @description That somebody looked at reports. */
        AccessItem: {
            /** @description Who: `person:` and an id, or `operator`. */
            actor: string;
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /**
             * Format: uuid
             * @description In the column `export` of a CSV file that was taken home.
             */
            id: string;
            look: components["schemas"]["Look"];
            /** @description Whether it was the 200th look or a later one within an hour. */
            many: boolean;
            /**
             * Format: uuid
             * @description At which, where it was one.
             */
            report: string | null;
            /**
             * Format: int64
             * @description At how many; of places on a map, at least one.
             */
            reports: number;
        };
        /** @description A page of looks. */
        AccessLog: {
            /** @description The newest first. */
            accesses: components["schemas"]["AccessItem"][];
            /** @description The next page. */
            next: string | null;
        };
        /** @description A passkey that was just added. */
        AddedPasskey: {
            /** @description The passkey. */
            passkey: components["schemas"]["Passkey"];
            /** @description With the first factor: codes that stand in for it, each once; told this once. */
            recovery_codes: string[] | null;
        };
        /**
         * @description What a change is held against.
         * @enum {string}
         */
        AgainstKind: "before" | "total";
        /** @description A cooperation agreement between a kommun and its police. */
        Agreement: {
            /** @description Diary number, where one is stated. */
            dnr: string | null;
            /** @description Whether its term is over; it still links reports. */
            expired: boolean;
            /** Format: uuid */
            id: string;
            /** @description `operative`, `strategic`, … */
            kind: string;
            /** @description Who agree. */
            parties: components["schemas"]["Party"][];
            /** @description What residents are promised. */
            pledges: components["schemas"]["Pledge"][];
            /** @description Stated purposes. */
            purposes: components["schemas"]["Bilingual"][];
            /** @description Roles that signed. */
            signers: string[];
            /** @description As written on its first page. */
            title: string;
            /**
             * Format: date
             * @description First day.
             */
            valid_from: string;
            /**
             * Format: date
             * @description Last day.
             */
            valid_to: string;
        };
        /**
         * @description What a focus area is.
         * @enum {string}
         */
        AreaKind: "place" | "theme";
        /** @description A question to an authenticator. */
        AskedPasskey: {
            /** @description To be sent with the answer; holds for five minutes. */
            ceremony: string;
            /** @description For `navigator.credentials.create`. */
            options: Record<string, unknown>;
        };
        /** @description A secret for an authenticator app. */
        AskedTotp: {
            /** @description To be sent with the first code; holds for five minutes. */
            ceremony: string;
            /** @description Base32, to be written into the app. */
            secret: string;
            /** @description The same for the app's camera, `otpauth://`. */
            uri: string;
        };
        /** @description What somebody is, for whom. */
        AssignmentView: {
            /** @description For whom. */
            party: components["schemas"]["PartyName"];
            /** @description Code. */
            role: string;
            /**
             * Format: date
             * @description Last day.
             */
            until: string | null;
        };
        /**
         * @description Many or few, among many or few.
         * @enum {string}
         */
        AssociationKind: "high_high" | "low_low" | "high_low" | "low_high";
        /**
         * @description Whether one stays away because of how it feels.
         * @enum {string}
         */
        Avoids: "no" | "sometimes" | "often";
        /** @description What is awaited before a session begins. */
        Awaited: {
            /** @description To be sent with the answer; holds for five minutes and five answers. */
            ceremony: string;
            /** @description Any one of `passkey`, `totp`, `recovery_code`. */
            factors: string[];
            /** @description For `navigator.credentials.get`, where `passkey` is one of them. */
            options: Record<string, unknown> | null;
        };
        BandFeature: {
            geometry: components["schemas"]["Outline"];
            id: string;
            properties: components["schemas"]["BandProperties"];
            /** @enum {string} */
            type: "Feature";
        };
        /** @description What belongs to the bands of a density so that they can be repeated. */
        BandMap: {
            /** @description Name and version of how the bands are drawn. */
            bands_method: string;
            /**
             * Format: double
             * @description Its radius in metres.
             */
            bandwidth_m: number;
            /** @description Squares of the study area. */
            cells: number;
            /** @description Whether what a bump loses beyond the study area is made up for. */
            edge_correction: boolean;
            features: components["schemas"]["BandFeature"][];
            grid: components["schemas"]["SquareKind"];
            /** @description The shape of the bump that each report becomes. */
            kernel: components["schemas"]["KernelKind"];
            /** @description Where the bands begin, per km². */
            levels: number[];
            /** @description Name and version of the method. */
            method: string;
            /** @description What was counted; a person's reports weigh 1 together. */
            of: components["schemas"]["StatisticKind"];
            /**
             * Format: double
             * @description Side of a square in metres.
             */
            size_m: number;
            statistic: components["schemas"]["DensityKind"];
            /**
             * Format: int64
             * @description Always 0: nothing is held back from planners.
             */
            suppressed: number;
            /**
             * Format: int64
             * @description Reports that answer the filters and are placed.
             */
            total: number;
            /** @enum {string} */
            type: "FeatureCollection";
            /**
             * Format: int64
             * @description Version of the kommun.
             */
            version: number;
        };
        /** @description One band of a density. */
        BandProperties: {
            /**
             * Format: double
             * @description What it stays below; none in the uppermost.
             */
            high: number | null;
            /**
             * Format: double
             * @description The least density in it, per km².
             */
            low: number;
        };
        /** @description What the map is drawn on. */
        BasemapConfig: {
            /** @enum {string} */
            kind: "none";
        } | {
            /** @description To be shown on the map. */
            attribution: string;
            /** @enum {string} */
            kind: "pmtiles";
            /** @description Where. */
            url: string;
        } | {
            /** @enum {string} */
            kind: "style";
            /** @description Where. */
            url: string;
        };
        /** @description A text in both languages. */
        Bilingual: {
            /** @description English. */
            en: string;
            /** @description Swedish, the original. */
            sv: string;
        };
        /**
         * @description What exactly; each category belongs to one group.
         * @enum {string}
         */
        Category: "dark" | "lighting_broken" | "hidden" | "trapped" | "vegetation" | "deserted" | "disorder_gathering" | "harassment_place" | "alcohol_drugs_place" | "damage_graffiti" | "litter_decay" | "burglary_worry" | "speeding" | "heavy_traffic" | "motor_youth" | "unsafe_crossing" | "sight_blocked" | "junction_turning" | "crossing_rail" | "dropoff_chaos_school" | "no_footway_cycleway" | "shared_path_conflict" | "surface_ice_hole" | "kerb_parking" | "roadworks" | "lighting_road" | "sign_missing" | "near_miss" | "crash_selfreport" | "other_unsafe" | "lively" | "well_lit" | "good_view" | "friendly_staff" | "good_path" | "favourite" | "good_example";
        /** @description What is said of each cell. */
        CellColumns: {
            after?: number[];
            before?: number[];
            /** @description Ids. */
            cell: string[];
            /** @description Longitude and latitude of the centre, to six decimals. */
            centre: number[][];
            class?: number[];
            cluster?: (components["schemas"]["AssociationKind"] | null)[];
            /** @description What was counted; of a release, `null` where it is suppressed. */
            count?: (number | null)[];
            density?: number[];
            eb?: (number | null)[];
            expected?: (number | null)[];
            gi_star?: (number | null)[];
            high?: (number | null)[];
            local_moran?: (number | null)[];
            low?: (number | null)[];
            p?: (number | null)[];
            population?: number[];
            q?: (number | null)[];
            rate?: (number | null)[];
            ratio?: (number | null)[];
            reason?: (components["schemas"]["NoRate"] | null)[];
            variance?: (number | null)[];
            z?: (number | null)[];
        };
        CellFeature: {
            geometry: components["schemas"]["Polygon"];
            id: string;
            properties: components["schemas"]["CellProperties"];
            /** @enum {string} */
            type: "Feature";
        };
        /** @description One cell. */
        CellProperties: {
            /** @description Its id: for squares of 250 and 1000 m as SCB writes them. */
            cell: string;
            /**
             * Format: int32
             * @description What was counted; `null` when something is published in the larger square, but too little here.
             */
            count: number | null;
            /** @description Only there, and `true`, when the count is held back. */
            suppressed?: boolean;
        };
        ChangeFeature: {
            geometry: components["schemas"]["Polygon"];
            id: string;
            properties: components["schemas"]["ChangeProperties"];
            /** @enum {string} */
            type: "Feature";
        };
        /**
         * @description The statistic.
         * @enum {string}
         */
        ChangeKind: "change";
        /** @description What belongs to a change so that it can be repeated. */
        ChangeMap: {
            /** @description What each cell is held against: itself before, or the change of all cells together. */
            against: components["schemas"]["AgainstKind"];
            all: components["schemas"]["Overall"] | null;
            counted: components["schemas"]["CountedSpan"] | null;
            counted_before: components["schemas"]["CountedSpan"] | null;
            /**
             * Format: double
             * @description Days of `counted` with the weekdays and months that are asked for.
             */
            days: number;
            /**
             * Format: double
             * @description Days of `counted_before` with the weekdays and months that are asked for.
             */
            days_before: number;
            features: components["schemas"]["ChangeFeature"][];
            grid: components["schemas"]["GridKind"];
            /** @description Only when one of the periods has no day to count; there are no cells then. */
            message?: components["schemas"]["Bilingual"];
            /** @description Name and version of the method. */
            method: string;
            /** @description What was counted. */
            of: components["schemas"]["StatisticKind"];
            /**
             * Format: int32
             * @description Only for `h3`.
             */
            resolution?: number;
            /**
             * Format: double
             * @description Side in metres; not for `h3`.
             */
            size_m?: number;
            statistic: components["schemas"]["ChangeKind"];
            /**
             * Format: int64
             * @description Always 0: nothing is held back from planners.
             */
            suppressed: number;
            /**
             * Format: int64
             * @description Reports of the later period.
             */
            total: number;
            /**
             * Format: int64
             * @description Reports of the earlier period.
             */
            total_before: number;
            /** @enum {string} */
            type: "FeatureCollection";
            /**
             * Format: int64
             * @description Version of the kommun.
             */
            version: number;
        };
        /** @description One cell of a change. */
        ChangeProperties: {
            /**
             * Format: int32
             * @description Of the later one.
             */
            after: number;
            /**
             * Format: int32
             * @description Reports, or people, of the earlier period.
             */
            before: number;
            /** @description Its id. */
            cell: string;
            /**
             * Format: double
             * @description `null` where the earlier rate is 0.
             */
            high: number | null;
            /**
             * Format: double
             * @description The exact 95 % limits of the ratio; `null` where there is nothing to hold it against.
             */
            low: number | null;
            /**
             * Format: double
             * @description Two-sided, exact.
             */
            p: number | null;
            /**
             * Format: double
             * @description Benjamini–Hochberg false discovery rate of `p`.
             */
            q: number | null;
            /**
             * Format: double
             * @description The later rate over the earlier; `null` where the earlier is 0.
             */
            ratio: number | null;
        };
        /**
         * @description Why a report was closed.
         * @enum {string}
         */
        CloseReason: "fixed" | "not_ours" | "budget" | "regulation" | "already_done" | "not_found_on_site" | "sent_on" | "same_as_other";
        ClusterFeature: {
            geometry: components["schemas"]["Enclosure"];
            id: string;
            properties: components["schemas"]["ClusterProperties"];
            /** @enum {string} */
            type: "Feature";
        };
        /** @description What belongs to clusters so that they can be repeated. */
        ClusterMap: {
            /**
             * Format: double
             * @description Metres to a neighbour.
             */
            eps_m: number;
            features: components["schemas"]["ClusterFeature"][];
            /** @description Only when there is no cluster. */
            message?: components["schemas"]["Bilingual"];
            /** @description Name and version of the method. */
            method: string;
            /**
             * Format: int32
             * @description Neighbours of a core, itself counted.
             */
            min_points: number;
            /** @description Those in no cluster. */
            noise: number;
            /** @description Reports that answer the filters and are placed. */
            total: number;
            /** @enum {string} */
            type: "FeatureCollection";
            /**
             * Format: int64
             * @description Version of the kommun.
             */
            version: number;
        };
        /** @description One cluster. */
        ClusterProperties: {
            /** @description The mean of its reports: longitude, latitude. */
            centre: [
                number,
                number
            ];
            /** @description From 1, by people, then by reports. */
            cluster: number;
            /** @description Those with at least `min_points` reports within `eps_m`. */
            core: number;
            /** @description Its reports. */
            points: number;
            /** @description The distinct people behind its reports. */
            reporters: number;
        };
        /** @description Roles and offices, never persons; empty where none is stated. */
        Contacts: {
            /** @description Who answers for the personal data. */
            controller: string;
            /** @description How to reach the controller. */
            controller_contact: string;
            /** @description How to reach the data protection officer. */
            dpo_contact: string;
        };
        /** @description What was counted of a period, half-open. */
        CountedSpan: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
        };
        Credentials: {
            /** @description E-mail address; case does not matter. */
            login?: string;
            /**
             * Format: password
             * @description The password.
             */
            password?: string;
            /** @description The operator token, in place of both. */
            token?: string;
        };
        DensityFeature: {
            geometry: components["schemas"]["Polygon"];
            id: string;
            properties: components["schemas"]["DensityProperties"];
            /** @enum {string} */
            type: "Feature";
        };
        /**
         * @description The statistic.
         * @enum {string}
         */
        DensityKind: "density";
        /** @description What belongs to a density so that it can be repeated. */
        DensityMap: {
            /**
             * Format: double
             * @description Its radius in metres.
             */
            bandwidth_m: number;
            /** @description Squares of the study area. */
            cells: number;
            /** @description Whether what a bump loses beyond the study area is made up for. */
            edge_correction: boolean;
            features: components["schemas"]["DensityFeature"][];
            grid: components["schemas"]["SquareKind"];
            /** @description The shape of the bump that each report becomes. */
            kernel: components["schemas"]["KernelKind"];
            /** @description Name and version of the method. */
            method: string;
            /** @description What was counted; a person's reports weigh 1 together. */
            of: components["schemas"]["StatisticKind"];
            /**
             * Format: double
             * @description Side of a square in metres.
             */
            size_m: number;
            statistic: components["schemas"]["DensityKind"];
            /**
             * Format: int64
             * @description Always 0: nothing is held back from planners.
             */
            suppressed: number;
            /**
             * Format: int64
             * @description Reports that answer the filters and are placed.
             */
            total: number;
            /** @enum {string} */
            type: "FeatureCollection";
            /**
             * Format: int64
             * @description Version of the kommun.
             */
            version: number;
        };
        /** @description One square of a density. */
        DensityProperties: {
            /** @description Its id. */
            cell: string;
            /**
             * Format: double
             * @description Reports, or people, per km² around its centre.
             */
            density: number;
        };
        /**
         * @description What empirical Bayes rates are drawn towards.
         * @enum {string}
         */
        EbKind: "global" | "local";
        /** @description A Polygon, a LineString where it has no area, a Point where it has no extent. */
        Enclosure: {
            coordinates: [
                number,
                number
            ][][];
            /** @enum {string} */
            type: "Polygon";
        } | {
            coordinates: [
                number,
                number
            ][];
            /** @enum {string} */
            type: "LineString";
        } | {
            coordinates: [
                number,
                number
            ];
            /** @enum {string} */
            type: "Point";
        };
        /**
         * @description What a scan is held against.
         * @enum {string}
         */
        ExpectationKind: "reports" | "population";
        /** @description What one has beside a password. Once there is anything, a password alone logs nobody in. */
        Factors: {
            /** @description Oldest first. */
            passkeys: components["schemas"]["Passkey"][];
            /** @description Whether passkeys can be added here. */
            passkeys_possible: boolean;
            /**
             * Format: int64
             * @description How many recovery codes are left.
             */
            recovery_codes: number;
            /**
             * Format: date-time
             * @description Since when there is an authenticator app.
             */
            totp_since: string | null;
        };
        /**
         * @description How the place feels.
         * @enum {string}
         */
        Feeling: "unsafe" | "safe";
        /** @description What is wrong with one field or parameter. */
        FieldError: {
            /**
             * @description The broken rule.
             * @example missing
             * @example unknown_field
             */
            code: string;
            /** @description The rule in words. */
            message: string;
            /**
             * @description A JSON pointer into the body (`/note`), or `?name` for a parameter.
             * @example /note
             * @example ?bbox
             */
            pointer: string;
            /** @description With `personal_data` and `suspicion`: where it stands in the text. */
            spans?: components["schemas"]["Span"][];
        };
        /**
         * @description What was found in a text: a kind of personal data, or a suspicion against somebody.
         * @enum {string}
         */
        FindingKind: "email" | "phone" | "personal_number" | "registration_plate" | "person_name" | "suspicion";
        FocusAreaFeature: {
            geometry: null | components["schemas"]["Outline"];
            id: string;
            properties: components["schemas"]["FocusAreaProperties"];
            /** @enum {string} */
            type: "Feature";
        };
        /** @description A focus area by name. */
        FocusAreaLink: {
            /** Format: uuid */
            id: string;
            /** @description As written in the agreement, or its translation, by `Accept-Language`. */
            title: string;
        };
        /** @description A prioritised theme or place of an agreement (fokusområde). */
        FocusAreaProperties: {
            /**
             * Format: uuid
             * @description The agreement that names it.
             */
            agreement: string;
            /** @description Categories it covers; none listed means any for a place and none for a theme. */
            categories: components["schemas"]["Category"][];
            /** @description What it is about. */
            description: components["schemas"]["Bilingual"];
            /** @description Whether its agreement's term is over; it still links reports. */
            expired: boolean;
            /** @description A place has a shape, a theme has none. */
            kind: components["schemas"]["AreaKind"];
            /**
             * Format: int64
             * @description Its place in the agreement's list, from 1.
             */
            position: number;
            /** @description As written in the agreement, and in English. */
            title: components["schemas"]["Bilingual"];
            /**
             * Format: date
             * @description Last day of its agreement.
             */
            valid_to: string;
        };
        /** @description The focus areas of a kommun's agreements. */
        FocusAreas: {
            features: components["schemas"]["FocusAreaFeature"][];
            /** @enum {string} */
            type: "FeatureCollection";
        };
        /**
         * @description The shape of cells.
         * @enum {string}
         */
        GridKind: "square" | "hex" | "h3";
        /**
         * @description What kind of thing a report is about; `safe` goes with `feeling: safe`, all others with `unsafe`.
         * @enum {string}
         */
        Group: "light" | "sight" | "life" | "disorder" | "damage" | "care" | "property" | "traffic_speed" | "traffic_crossing" | "traffic_path" | "other" | "safe";
        /** @description Live for planners, as counts, hotspots, local Moran's I, rates, density or change; the release for everybody. */
        Heatmap: components["schemas"]["LiveHeatmap"] | components["schemas"]["HotspotMap"] | components["schemas"]["LocalMoranMap"] | components["schemas"]["RateMap"] | components["schemas"]["DensityMap"] | components["schemas"]["BandMap"] | components["schemas"]["ChangeMap"] | components["schemas"]["PublicHeatmap"];
        /**
         * @description A heatmap without polygons: the members of the same answer as GeoJSON, and a list for each property. All lists are of one length; only
         *     those that the statistic has are there.
         */
        HeatmapColumns: {
            columns: components["schemas"]["CellColumns"];
            grid: components["schemas"]["GridKind"];
            /** @description Name and version of the method. */
            method: string;
        };
        /** @description A role that somebody has. */
        HeldView: {
            /** @description For whom. */
            party: components["schemas"]["PartyName"];
            /** @description Code. */
            role: string;
            /**
             * Format: date
             * @description Last day.
             */
            until: string | null;
        };
        HotspotFeature: {
            geometry: components["schemas"]["Polygon"];
            id: string;
            properties: components["schemas"]["HotspotProperties"];
            /** @enum {string} */
            type: "Feature";
        };
        /**
         * @description The statistic.
         * @enum {string}
         */
        HotspotKind: "gi_star";
        /** @description What belongs to a hotspot map so that it can be repeated. */
        HotspotMap: {
            /** @description Cells of the study area, empty ones too; a cell with neither reports nor a class is not among the features. */
            cells: number;
            features: components["schemas"]["HotspotFeature"][];
            grid: components["schemas"]["GridKind"];
            /**
             * Format: double
             * @description Mean count of a cell.
             */
            mean: number;
            /** @description Only when there is too little to find anything in; no cell has a class then. */
            message?: components["schemas"]["Bilingual"];
            /** @description Name and version of the method. */
            method: string;
            /** @description What was counted. */
            of: components["schemas"]["StatisticKind"];
            /** Format: int32 */
            permutations: number;
            /**
             * Format: int32
             * @description Only for `h3`.
             */
            resolution?: number;
            /**
             * Format: int32
             * @description Steps to a neighbour.
             */
            rings: number;
            /**
             * Format: double
             * @description Population standard deviation.
             */
            sd: number;
            /** Format: int64 */
            seed: number;
            /**
             * Format: double
             * @description Side in metres; not for `h3`.
             */
            size_m?: number;
            statistic: components["schemas"]["HotspotKind"];
            /**
             * Format: int64
             * @description Always 0: nothing is held back from planners.
             */
            suppressed: number;
            /**
             * Format: int64
             * @description Reports that answer the filters and are placed.
             */
            total: number;
            /** @enum {string} */
            type: "FeatureCollection";
            /**
             * Format: int64
             * @description Version of the kommun.
             */
            version: number;
        };
        /** @description One cell of a hotspot map. */
        HotspotProperties: {
            /** @description Its id. */
            cell: string;
            /**
             * Format: int32
             * @description 3, 2, 1 where q is at most 0.01, 0.05, 0.10 and there is more than by chance; negative where there is less; else 0.
             */
            class: number;
            /**
             * Format: int32
             * @description Reports, or people, in it.
             */
            count: number;
            /**
             * Format: double
             * @description Getis-Ord Gi*: standard deviations from what its surroundings would have by chance.
             */
            gi_star: number | null;
            /**
             * Format: double
             * @description Two-sided, by conditional permutation.
             */
            p: number | null;
            /**
             * Format: double
             * @description Benjamini–Hochberg false discovery rate of `p` over the study area.
             */
            q: number | null;
        };
        /** @description A kommun that takes no reports here. */
        InactiveMunicipality: {
            /** @description Four digits. */
            code: string;
            /** @description Its own fault report page. */
            fault_report_url: string | null;
            /** @description Its name. */
            name: string;
        };
        /** @description For whom a link is. */
        Invitation: {
            /**
             * Format: date-time
             * @description When the link ends.
             */
            expires_at: string;
            /** @description E-mail address; the first administrator gives theirs. */
            login: string | null;
            /** @description Name; the first administrator gives theirs. */
            name: string | null;
            /** @description `first_administrator`, `new` or `reset`. */
            purpose: string;
        };
        InvitationKey: {
            /** @description What the link holds. */
            key: string;
        };
        /** @description A person who was just invited. */
        InvitedPerson: components["schemas"]["PersonItem"] & {
            /** @description By which they set their password. */
            invitation: components["schemas"]["Link"];
        };
        /**
         * @description The kernel.
         * @enum {string}
         */
        KernelKind: "quartic";
        /**
         * @description Inhabitants are known in squares.
         * @enum {string}
         */
        KilometreKind: "square";
        /**
         * @description Daylight by the sun's height at the place and moment; `unknown` without a date.
         * @enum {string}
         */
        Light: "day" | "twilight" | "dark" | "unknown";
        /** @description A one-time link. */
        Link: {
            /**
             * Format: date-time
             * @description When it ends.
             */
            expires_at: string;
            /** @description To be handed over; told this once. */
            link: string;
        };
        /** @description What planners see: live and exact. */
        LiveHeatmap: {
            features: components["schemas"]["CellFeature"][];
            grid: components["schemas"]["GridKind"];
            /** @description Name and version of the method. */
            method: string;
            /**
             * Format: int32
             * @description Only for `h3`.
             */
            resolution?: number;
            /**
             * Format: double
             * @description Side in metres; not for `h3`.
             */
            size_m?: number;
            statistic: components["schemas"]["StatisticKind"];
            /**
             * Format: int64
             * @description Always 0: nothing is held back from planners.
             */
            suppressed: number;
            /**
             * Format: int64
             * @description Reports that answer the filters and are placed.
             */
            total: number;
            /** @enum {string} */
            type: "FeatureCollection";
            /**
             * Format: int64
             * @description Version of the kommun, or the sum of several.
             */
            version: number;
        };
        LocalMoranFeature: {
            geometry: components["schemas"]["Polygon"];
            id: string;
            properties: components["schemas"]["MoranProperties"];
            /** @enum {string} */
            type: "Feature";
        };
        /** @description What belongs to local Moran's I so that it can be repeated. */
        LocalMoranMap: {
            /** @description Cells of the study area, empty ones too; a cell with neither reports nor a cluster is not among the features. */
            cells: number;
            features: components["schemas"]["LocalMoranFeature"][];
            grid: components["schemas"]["GridKind"];
            /**
             * Format: double
             * @description Mean count of a cell.
             */
            mean: number;
            /** @description Only when there is too little to find anything in; no cell has a cluster then. */
            message?: components["schemas"]["Bilingual"];
            /** @description Name and version of the method. */
            method: string;
            /** @description What was counted. */
            of: components["schemas"]["StatisticKind"];
            /** @description What `p` is of: an approximation, poor for few and skewed counts. */
            p_of: components["schemas"]["NormalKind"];
            /**
             * Format: int32
             * @description Only for `h3`.
             */
            resolution?: number;
            /**
             * Format: int32
             * @description Steps to a neighbour.
             */
            rings: number;
            /**
             * Format: double
             * @description Population standard deviation.
             */
            sd: number;
            /**
             * Format: double
             * @description Side in metres; not for `h3`.
             */
            size_m?: number;
            statistic: components["schemas"]["MoranKind"];
            /**
             * Format: int64
             * @description Always 0: nothing is held back from planners.
             */
            suppressed: number;
            /**
             * Format: int64
             * @description Reports that answer the filters and are placed.
             */
            total: number;
            /** @enum {string} */
            type: "FeatureCollection";
            /**
             * Format: int64
             * @description Version of the kommun.
             */
            version: number;
        };
        /**
         * @description How somebody looked at reports.
         * @enum {string}
         */
        Look: "report" | "list" | "queue" | "export" | "places";
        /** @description A token that was just made. */
        MadeToken: components["schemas"]["TokenItem"] & {
            /** @description For `Authorization: Bearer`; told this once. */
            token: string;
        };
        /**
         * @description Where a report stands with the moderators: nobody has looked; held out of every count; counted in releases; also shown as its class allows; rejected.
         * @enum {string}
         */
        Moderation: "waiting" | "held" | "counted" | "shown" | "rejected";
        /** @description How many reports stand somewhere. */
        ModerationCount: {
            /**
             * Format: int64
             * @description Reports.
             */
            count: number;
            state: components["schemas"]["Moderation"];
        };
        ModerationDecision: {
            reason?: null | ("burst" | "look_alike" | "pointed_at" | "second_opinion" | "spam" | "test" | "abusive" | "about_a_person" | "not_about_safety");
            /** @enum {string} */
            state: "waiting" | "held" | "counted" | "shown" | "rejected";
            /** @description The words everybody may read; only with `shown`. Without any its words stay inside. */
            words?: string | null;
        };
        /** @description A page of the queue, the oldest first. */
        ModerationQueue: {
            /** @description How many reports stand where. */
            counts: components["schemas"]["ModerationCount"][];
            /** @description The next page. */
            next: string | null;
            /** @description The oldest first. */
            reports: components["schemas"]["QueuedReport"][];
        };
        /**
         * @description Why a report is held or rejected.
         * @enum {string}
         */
        ModerationReason: "burst" | "look_alike" | "pointed_at" | "second_opinion" | "spam" | "test" | "abusive" | "about_a_person" | "not_about_safety";
        /** @description A month and its number. */
        MonthCount: {
            /** Format: int64 */
            count: number;
            month: string;
        };
        /**
         * @description The statistic.
         * @enum {string}
         */
        MoranKind: "local_moran";
        /** @description One cell of local Moran's I. */
        MoranProperties: {
            /** @description Its id. */
            cell: string;
            cluster: components["schemas"]["AssociationKind"] | null;
            /**
             * Format: int32
             * @description Reports, or people, in it.
             */
            count: number;
            /**
             * Format: double
             * @description What I would be on average, if the other counts were shuffled.
             */
            expected: number | null;
            /**
             * Format: double
             * @description I: above 0 like its neighbours, below 0 unlike them; `null` for a cell without neighbours.
             */
            local_moran: number | null;
            /**
             * Format: double
             * @description Two-sided, of the normal distribution: an approximation.
             */
            p: number | null;
            /**
             * Format: double
             * @description Benjamini–Hochberg false discovery rate of `p` over the study area.
             */
            q: number | null;
            /**
             * Format: double
             * @description The variance of I under that.
             */
            variance: number | null;
            /**
             * Format: double
             * @description Standard deviations of I from what is expected; `null` where I cannot vary.
             */
            z: number | null;
        };
        /** @description Kommuner by code. */
        Municipalities: {
            features: components["schemas"]["MunicipalityFeature"][];
            /** @enum {string} */
            type: "FeatureCollection";
        };
        /** @description A kommun with its agreements and whom to turn to. */
        MunicipalityDetail: components["schemas"]["MunicipalityProperties"] & {
            /** @description Cooperation agreements with the police. */
            agreements: components["schemas"]["Agreement"][];
            /** @description Whom to turn to about personal data. */
            contacts: components["schemas"]["Contacts"];
            /**
             * Format: int32
             * @description EPSG code of its metric reference system.
             */
            epsg: number;
        };
        MunicipalityDetailFeature: {
            geometry: components["schemas"]["Outline"];
            id: string;
            properties: components["schemas"]["MunicipalityDetail"];
            /** @enum {string} */
            type: "Feature";
        };
        MunicipalityFeature: {
            geometry: components["schemas"]["Outline"];
            id: string;
            properties: components["schemas"]["MunicipalityProperties"];
            /** @enum {string} */
            type: "Feature";
        };
        /** @description A kommun by name. */
        MunicipalityName: {
            /** @description Four digits. */
            code: string;
            /** @description Name. */
            name: string;
        };
        /** @description A kommun. */
        MunicipalityProperties: {
            /** @description Whether it takes reports here. */
            active: boolean;
            /** @description West, south, east, north. */
            bbox: [
                number,
                number,
                number,
                number
            ] | null;
            /** @description Its middle: longitude, latitude. */
            center: [
                number,
                number
            ] | null;
            /** @description Four digits. */
            code: string;
            /** @description Whether what it holds is example data. */
            demo: boolean;
            /** @description Where pure faults are reported. */
            fault_report_url: string | null;
            /** @description Its name. */
            name: string;
            /**
             * Format: double
             * @description Metres within which its border is not certain; 0 for an exact outline.
             */
            uncertainty_m: number;
        };
        /** @description A name with its position. */
        NamedPlace: {
            /** @description What it names, such as `locality`. */
            kind: string;
            /** @description Where. */
            location: components["schemas"]["Point"];
            /** @description The kommun it lies in. */
            municipality: components["schemas"]["PlaceMunicipality"];
            /** @description The name. */
            name: string;
        };
        NewParty: {
            /** @description Made at random by the client. */
            id: string;
            /** @enum {string} */
            kind: "host" | "police_district" | "municipality" | "administration" | "company" | "housing_company" | "association" | "trader" | "state_agency";
            municipalities?: null | string[];
            /** @description Its name. */
            name: string;
            /** @description The party above, one of the caller's. */
            parent: string;
            /**
             * Format: date
             * @description Last day; guests need one within a year.
             */
            valid_until?: string | null;
        };
        NewPerson: {
            assignments: {
                /** @description For whom: the id of one of the caller's parties. */
                party: string;
                /**
                 * @description As what; it must fit the kind of party.
                 * @enum {string}
                 */
                role: "coordinator" | "planner" | "walk_leader" | "kommunpolis" | "handler" | "moderator" | "guest" | "administrator";
                /**
                 * Format: date
                 * @description Last day; guests need one within a year.
                 */
                until?: string | null;
            }[];
            /** @description Made at random by the client. */
            id: string;
            /** @description E-mail address. */
            login: string;
            /** @description Name. */
            name: string;
        };
        /** @description A report. Optional fields may be left out or `null`. */
        NewReport: {
            /** @description Radius the device gave, metres; only beside `location`. */
            accuracy_m?: number | null;
            /**
             * @description Whether one stays away.
             * @enum {string|null}
             */
            avoids?: "no" | "sometimes" | "often" | null;
            /**
             * @description What it is about. Those of the group `safe` go with `feeling: safe`, all others with `unsafe`.
             * @enum {string}
             */
            category: "dark" | "lighting_broken" | "hidden" | "trapped" | "vegetation" | "deserted" | "disorder_gathering" | "harassment_place" | "alcohol_drugs_place" | "damage_graffiti" | "litter_decay" | "burglary_worry" | "speeding" | "heavy_traffic" | "motor_youth" | "unsafe_crossing" | "sight_blocked" | "junction_turning" | "crossing_rail" | "dropoff_chaos_school" | "no_footway_cycleway" | "shared_path_conflict" | "surface_ice_hole" | "kerb_parking" | "roadworks" | "lighting_road" | "sign_missing" | "near_miss" | "crash_selfreport" | "other_unsafe" | "lively" | "well_lit" | "good_view" | "friendly_staff" | "good_path" | "favourite" | "good_example";
            /**
             * @description How the place feels.
             * @enum {string}
             */
            feeling: "unsafe" | "safe";
            /** @description Made at random by the phone (UUID version 4); repeating it with the same content is harmless. */
            id: string;
            /** @description How it feels: 0 secure … 3 very insecure. */
            insecurity?: number | null;
            location?: null | {
                /** @description Longitude, latitude; a height is ignored. */
                coordinates: [
                    number,
                    number,
                    number?
                ];
                /** @enum {string} */
                type: "Point";
            };
            /** @description Only with `place_text` alone: a point brings its own. */
            municipality?: string | null;
            /** @description Own words, for planners only. No personal data. */
            note?: string | null;
            /**
             * Format: date-time
             * @description When, with offset: at most ten minutes ahead and twenty years back. Not beside `occurred_on` or `time_band`.
             */
            occurred_at?: string | null;
            /**
             * Format: date
             * @description The day, when the time is not known.
             */
            occurred_on?: string | null;
            /** @description Whom one answers as. */
            perspectives?: ("woman" | "man" | "other_gender" | "child_7_12" | "youth_13_19" | "age_65_plus" | "wheelchair_or_walker" | "low_vision" | "hard_of_hearing" | "cognitive" | "stroller" | "cyclist" | "night_worker" | "visitor" | "new_in_sweden")[] | null;
            /** @description The place in words; alone it needs `municipality`, and is not counted until a planner places it. No personal data. */
            place_text?: string | null;
            /** @description HMAC-SHA-256 of the quarter (such as `2026-Q4`) under a secret of the device, cut to 128 bits; counts people, links nothing. */
            reporter?: string | null;
            /** @description What could happen: 0 nothing … 3 serious. */
            risk?: number | null;
            /**
             * @description Part of that day, or of days in general.
             * @enum {string|null}
             */
            time_band?: "morning" | "day" | "afternoon" | "evening" | "night" | null;
            /**
             * @description How one travelled.
             * @enum {string|null}
             */
            travel_mode?: "walking" | "wheelchair" | "bicycle" | "e_bicycle" | "e_scooter" | "moped" | "a_tractor" | "motorcycle" | "car" | "truck" | "bus" | "tram" | "skateboard" | "snowmobile" | "horse" | "other" | null;
        } & ({
            location: Record<string, unknown>;
        } | {
            municipality: string;
            place_text: string;
        });
        NewToken: {
            /**
             * Format: date
             * @description Its last day, within a year.
             */
            expires_on: string;
            /** @description What it is for. */
            name: string;
            /**
             * @description What it may do of what its owner may.
             * @enum {string}
             */
            scope: "read" | "read_write";
        };
        /**
         * @description Why a square has no rate.
         * @enum {string}
         */
        NoRate: "nobody" | "few_people";
        /**
         * @description Where a p comes from.
         * @enum {string}
         */
        NormalKind: "normal_approximation";
        /** @description A collection. */
        OgcCollection: {
            /** @description Reference systems that geometries can be asked in; the first unless asked. */
            crs: string[];
            description: string;
            extent: components["schemas"]["OgcExtent"];
            id: string;
            /** @description `feature`. */
            itemType: string;
            links: components["schemas"]["OgcLink"][];
            /** @description The one that they are kept in. */
            storageCrs: string;
            title: string;
        };
        /** @description The collections. */
        OgcCollections: {
            collections: components["schemas"]["OgcCollection"][];
            links: components["schemas"]["OgcLink"][];
        };
        /** @description What of the standards is kept. */
        OgcConformance: {
            /** @description URIs of conformance classes. */
            conformsTo: string[];
        };
        /** @description Where and when. */
        OgcExtent: {
            spatial: components["schemas"]["OgcSpatialExtent"];
            temporal: components["schemas"]["OgcTemporalExtent"];
        };
        OgcFeature: {
            /** @description GeoJSON, in the reference system of `Content-Crs`. */
            geometry: {
                [key: string]: unknown;
            } | null;
            id: string;
            links: components["schemas"]["OgcLink"][];
            /** @description As the collection has them. */
            properties: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            type: "Feature";
        };
        OgcFeatures: {
            features: {
                /** @description GeoJSON, in the reference system of `Content-Crs`. */
                geometry: {
                    [key: string]: unknown;
                } | null;
                id: string;
                /** @description As the collection has them. */
                properties: {
                    [key: string]: unknown;
                };
                /** @enum {string} */
                type: "Feature";
            }[];
            links: components["schemas"]["OgcLink"][];
            /** @description Features on all pages. */
            numberMatched: number;
            /** @description Features on this page. */
            numberReturned: number;
            /** @description When it was made; not of a frozen answer. */
            timeStamp?: string;
            /** @enum {string} */
            type: "FeatureCollection";
        };
        /** @description The landing page. */
        OgcLanding: {
            description: string;
            links: components["schemas"]["OgcLink"][];
            title: string;
        };
        /** @description A link (RFC 8288). */
        OgcLink: {
            /** @description Absolute. */
            href: string;
            /**
             * @description What it leads to.
             * @example self
             * @example next
             * @example items
             */
            rel: string;
            /** @description In the reader's language. */
            title: string;
            /** @description Media type. */
            type: string;
        };
        /** @description Where. */
        OgcSpatialExtent: {
            /** @description West, south, east, north of the kommuner. */
            bbox: number[][];
            /** @description CRS84. */
            crs: string;
        };
        /** @description When. */
        OgcTemporalExtent: {
            /** @description Begin and end, `null` for open. */
            interval: (string | null)[][];
        };
        /** @description A Polygon or MultiPolygon. */
        Outline: {
            coordinates: [
                number,
                number
            ][][];
            /** @enum {string} */
            type: "Polygon";
        } | {
            coordinates: [
                number,
                number
            ][][][];
            /** @enum {string} */
            type: "MultiPolygon";
        };
        /** @description A ratio of two rates. */
        Overall: {
            /** Format: double */
            high: number | null;
            /** Format: double */
            low: number;
            /** Format: double */
            p: number;
            /** Format: double */
            ratio: number | null;
        };
        /** @description Parties. */
        Parties: {
            /** @description Each after the one above it. */
            parties: components["schemas"]["PartyView"][];
        };
        /** @description One who agrees. */
        Party: {
            /** @description `kommun`, `police`, `local_police_district`, … */
            kind: string;
            /** @description Official name. */
            name: string;
        };
        /** @description A party by name. */
        PartyName: {
            /** @description Id. */
            id: string;
            /** @description Kind. */
            kind: string;
            /** @description Name. */
            name: string;
        };
        PartyPatch: {
            municipalities?: null | string[];
            /** @description Its name. */
            name?: string | null;
            /**
             * Format: date
             * @description Last day; `null` takes the end away.
             */
            valid_until?: string | null;
        };
        /** @description A party. */
        PartyView: {
            /** @description Id. */
            id: string;
            /** @description What it is. */
            kind: string;
            /** @description Where it works, by code; `null` is everywhere. */
            municipalities: string[] | null;
            /** @description Its name. */
            name: string;
            /** @description The party above; `null` for the root. */
            parent: string | null;
            /**
             * Format: int64
             * @description How many people it has.
             */
            people: number;
            /**
             * Format: date
             * @description Last day.
             */
            valid_until: string | null;
        };
        /** @description A passkey. */
        Passkey: {
            /**
             * Format: date-time
             * @description When it was added.
             */
            created_at: string;
            /** @description By which it is removed. */
            id: string;
            /** @description What its owner calls it. */
            name: string;
            /**
             * Format: date
             * @description Day of its last log-in.
             */
            used_on: string | null;
        };
        PasskeyAnswer: {
            /** @description As it came with the question. */
            ceremony: string;
            /** @description What `navigator.credentials.create` answered, as JSON. */
            credential: {
                [key: string]: unknown;
            };
            /** @description What its owner calls it. */
            name: string;
        };
        PasswordChange: {
            /**
             * Format: password
             * @description The password as it is.
             */
            current: string;
            /**
             * Format: password
             * @description The new password, not one that is soon guessed.
             */
            password: string;
        };
        /** @description People. */
        People: {
            /** @description By name. */
            people: components["schemas"]["PersonItem"][];
        };
        /** @description A person with an account. */
        PersonItem: {
            /** @description What they are for the caller's parties. */
            assignments: components["schemas"]["AssignmentView"][];
            /** @description Id. */
            id: string;
            /**
             * Format: date
             * @description Day of the last log-in.
             */
            last_seen: string | null;
            /** @description E-mail address. */
            login: string;
            /** @description Name. */
            name: string;
            /** @description `invited`, `active` or `closed`. */
            state: string;
        };
        PersonPatch: {
            assignments?: null | {
                /** @description For whom: the id of one of the caller's parties. */
                party: string;
                /**
                 * @description As what; it must fit the kind of party.
                 * @enum {string}
                 */
                role: "coordinator" | "planner" | "walk_leader" | "kommunpolis" | "handler" | "moderator" | "guest" | "administrator";
                /**
                 * Format: date
                 * @description Last day; guests need one within a year.
                 */
                until?: string | null;
            }[];
            /** @description Whether the account is closed. */
            closed?: boolean | null;
            /** @description Name. */
            name?: string | null;
        };
        /** @description A person, to that person. */
        PersonView: {
            /** @description Id. */
            id: string;
            /** @description E-mail address. */
            login: string;
            /** @description Name. */
            name: string;
        };
        /**
         * @description Whom one answers as; chosen freely for one report.
         * @enum {string}
         */
        Perspective: "woman" | "man" | "other_gender" | "child_7_12" | "youth_13_19" | "age_65_plus" | "wheelchair_or_walker" | "low_vision" | "hard_of_hearing" | "cognitive" | "stroller" | "cyclist" | "night_worker" | "visitor" | "new_in_sweden";
        /** @description A photo. */
        Photo: {
            /**
             * Format: int32
             * @description Pixels.
             */
            height: number;
            /** @description Id. */
            id: string;
            /** @description `waiting`, `shown` or `rejected`. */
            state: string;
            /**
             * Format: int32
             * @description Pixels.
             */
            width: number;
        };
        /** Format: binary */
        PhotoBytes: string;
        PhotoReview: {
            /** @description Parts that nobody is to see, in whole pixels from the upper left corner. */
            hidden?: {
                height: number;
                width: number;
                x: number;
                y: number;
            }[];
            /** @enum {string} */
            state: "waiting" | "shown" | "rejected";
        };
        /** @description Photos of a report. */
        Photos: {
            /** @description In the order they came. */
            photos: components["schemas"]["Photo"][];
        };
        /** @description The kommun of a name. */
        PlaceMunicipality: {
            /** @description Whether it takes reports here. */
            active: boolean;
            /** @description Four digits. */
            code: string;
            /** @description Its name. */
            name: string;
        };
        PlaceWith: {
            /**
             * Format: uuid
             * @description The other report.
             */
            with: string;
        };
        /** @description Names that were found. */
        Places: {
            /** @description Best first. */
            places: components["schemas"]["NamedPlace"][];
            /** @description Where the names come from, to be shown with them. */
            source: string;
        };
        /** @description What residents are promised (medborgarlöfte). */
        Pledge: {
            /**
             * Format: uuid
             * @description The focus area it belongs to.
             */
            focus_area: string | null;
            /** Format: uuid */
            id: string;
            /** @description `both`, `police` or `kommun`. */
            promisor: string;
            /** @description As pledged. */
            text: components["schemas"]["Bilingual"];
        };
        /** @description A point: longitude, latitude (WGS 84). */
        Point: {
            coordinates: [
                number,
                number
            ];
            /** @enum {string} */
            type: "Point";
        };
        /** @description A polygon: one or more closed rings. */
        Polygon: {
            coordinates: [
                number,
                number
            ][][];
            /** @enum {string} */
            type: "Polygon";
        };
        /** @description A failure (RFC 9457), in the reader's language. */
        Problem: {
            /** @description What to do about it. */
            detail?: string;
            /** @description Every fault at once; empty when the failure is not about single fields. */
            errors: components["schemas"]["FieldError"][];
            /** @description With `/problems/inactive`: the kommun, and where its residents can turn instead. */
            municipality?: components["schemas"]["InactiveMunicipality"];
            /** @description With a fault of Lykta's own (5xx): the request's name in the log, as in the header `x-request-id`. */
            request_id?: string;
            /**
             * Format: int32
             * @description The status code.
             */
            status: number;
            /** @description The kind in words. */
            title: string;
            /**
             * @description What kind of failure, as a URI reference.
             * @example /problems/invalid
             */
            type: string;
        };
        Proof: {
            /** @description As it came with the question. */
            ceremony: string;
            /**
             * Format: password
             * @description Six digits of the authenticator app, or a recovery code.
             */
            code?: string;
            /** @description What `navigator.credentials.get` answered, as JSON (Web Authentication, `PublicKeyCredential.toJSON`). */
            credential?: {
                [key: string]: unknown;
            };
        };
        /** @description A log-in service. */
        ProviderItem: {
            /** @description In the address that begins. */
            id: string;
            /** @description For people. */
            name: string;
        };
        /** @description Log-in services. */
        Providers: {
            /** @description In the operator's order. */
            providers: components["schemas"]["ProviderItem"][];
        };
        /** @description An answer. */
        PublicAnswer: {
            /**
             * Format: date-time
             * @description When.
             */
            at: string | null;
            /** @description In words. */
            text: string;
        };
        /** @description What everybody sees: the sum of the kommun's releases. */
        PublicHeatmap: {
            features: components["schemas"]["CellFeature"][];
            grid: components["schemas"]["GridKind"];
            /**
             * Format: int32
             * @description Fewest persons and fewest reports behind a published number.
             */
            k: number;
            /** @description Only when no release is summed: why. Either there is none yet, or none of the time that was asked for. */
            message?: components["schemas"]["Bilingual"];
            /** @description Name and version of the method. */
            method: string;
            municipality: string;
            release: components["schemas"]["Release"] | null;
            /** @description All that are summed. */
            releases: components["schemas"]["Release"][];
            /**
             * Format: int32
             * @description Side in metres.
             */
            size_m: number;
            /**
             * Format: int64
             * @description Cells whose number is held back.
             */
            suppressed: number;
            /**
             * Format: int64
             * @description Sum of the published numbers.
             */
            total: number;
            /** @enum {string} */
            type: "FeatureCollection";
            /** @description The quarters that are summed, newest first; empty when there are none. */
            version: string;
        };
        /** @description The place of a thing, or the square of 250 m that something was felt in. */
        PublicPlace: {
            coordinates: [
                number,
                number
            ];
            /** @enum {string} */
            type: "Point";
        } | {
            coordinates: [
                number,
                number
            ][][];
            /** @enum {string} */
            type: "Polygon";
        };
        /** @description A report as everybody may see it. */
        PublicReport: {
            /** @description The public answer. */
            answer: string | null;
            category: components["schemas"]["Category"];
            class: components["schemas"]["PublicationClass"];
            feeling: components["schemas"]["Feeling"];
            group: components["schemas"]["Group"];
            municipality: string;
            /** @description The quarter in which it was received; nothing finer is told. */
            period: string;
            status: components["schemas"]["Status"];
            /** @description The words a moderator has approved. */
            words: string | null;
        };
        PublicReportFeature: {
            geometry: components["schemas"]["PublicPlace"];
            id: string;
            properties: components["schemas"]["PublicReport"];
            /** @enum {string} */
            type: "Feature";
        };
        /** @description A page of public reports, the newest quarter first. */
        PublicReportPage: {
            features: components["schemas"]["PublicReportFeature"][];
            /** @description The next page. */
            next: string | null;
            /** @description How many answer the filters in all. */
            total: number;
            /** @enum {string} */
            type: "FeatureCollection";
        };
        /** @description What of a report may be seen by others. */
        Publication: {
            area: components["schemas"]["Polygon"] | null;
            class: components["schemas"]["PublicationClass"];
            /** @description What the moderators have decided; one that is held reads as waiting. */
            moderation: components["schemas"]["Moderation"];
            reason: components["schemas"]["ModerationReason"] | null;
            /** @description Whether everybody can see it now, as its class allows. */
            shown: boolean;
            /** @description The words that everybody may read. */
            words: string | null;
        };
        /**
         * @description How much of a report's place may ever become public: the place itself, the square it lies in, or only a number in a release.
         * @enum {string}
         */
        PublicationClass: "point" | "cell" | "aggregate";
        /** @description Something in the words of a report. */
        QueuedFinding: {
            /** @description One past the last code point. */
            end: number;
            /** @description `note` or `place_text`. */
            field: string;
            kind: components["schemas"]["FindingKind"];
            /** @description First Unicode code point. */
            start: number;
        };
        /** @description A report that waits for a moderator. */
        QueuedReport: {
            /** @description For `If-Match`. */
            etag: string;
            /** @description What the guard sees in its words. */
            findings: components["schemas"]["QueuedFinding"][];
            report: components["schemas"]["ReportFeature"];
            /** @description Reports it may be the same as: open ones of its category within 250 m, nearest first. */
            similar: components["schemas"]["SimilarReport"][];
        };
        RateFeature: {
            geometry: components["schemas"]["Polygon"];
            id: string;
            properties: components["schemas"]["RateProperties"];
            /** @enum {string} */
            type: "Feature";
        };
        /**
         * @description The statistic.
         * @enum {string}
         */
        RateKind: "rate";
        /** @description What belongs to rates so that they can be repeated. */
        RateMap: {
            /** @description Squares of the study area; one where nobody lives and nothing is told is not among the features. */
            cells: number;
            /** @description What `eb` is drawn towards. */
            eb: components["schemas"]["EbKind"];
            features: components["schemas"]["RateFeature"][];
            grid: components["schemas"]["KilometreKind"];
            /** @description Only when nothing is known of the kommun's inhabitants: what to do. */
            message?: components["schemas"]["Bilingual"];
            /** @description Name and version of the method. */
            method: string;
            /** @description What was counted. */
            of: components["schemas"]["StatisticKind"];
            /**
             * Format: int32
             * @description Inhabitants that a rate is of.
             */
            per: number;
            /**
             * Format: int64
             * @description Inhabitants of the study area.
             */
            population_total: number;
            /**
             * Format: int32
             * @description Steps to a neighbour; only with `eb=local`.
             */
            rings?: number;
            /**
             * Format: double
             * @description Side of a square in metres.
             */
            size_m: number;
            /** @description Where the inhabitants come from. */
            source: string[];
            statistic: components["schemas"]["RateKind"];
            /**
             * Format: int64
             * @description Always 0: nothing is held back from planners.
             */
            suppressed: number;
            /**
             * Format: int64
             * @description Reports that answer the filters and are placed.
             */
            total: number;
            /** @enum {string} */
            type: "FeatureCollection";
            /**
             * Format: int64
             * @description Version of the kommun.
             */
            version: number;
            /** @description The years they are of, where the file told. */
            year: number[];
        };
        /** @description One square of a rate map. */
        RateProperties: {
            /** @description Its id, as SCB writes it. */
            cell: string;
            /**
             * Format: int32
             * @description Reports, or people who report, in it.
             */
            count: number;
            /**
             * Format: double
             * @description The rate drawn towards that of all squares, or of the neighbours, the more the fewer live in it.
             */
            eb: number | null;
            /** Format: double */
            high: number | null;
            /**
             * Format: double
             * @description The exact 95 % limits of the rate, the population taken as known.
             */
            low: number | null;
            /**
             * Format: int32
             * @description Inhabitants; 0 where none are known.
             */
            population: number;
            /**
             * Format: double
             * @description Count per `per` inhabitants; `null` where there is a `reason`.
             */
            rate: number | null;
            reason: components["schemas"]["NoRate"] | null;
        };
        ReceiptCode: {
            /** @description As printed, such as `7Q2M-0XKD-9T3A-VB51`; case, spaces and dashes do not matter. */
            receipt: string;
        };
        /** @description A report as its sender sees it. */
        ReceiptView: {
            /** @description What was answered, to it or to another report of the same place. */
            answers: components["schemas"]["PublicAnswer"][];
            category: components["schemas"]["Category"];
            feeling: components["schemas"]["Feeling"];
            /** @description The focus areas that cover it; perhaps none. */
            focus_areas: components["schemas"]["FocusAreaLink"][];
            group: components["schemas"]["Group"];
            /** Format: uuid */
            id: string;
            light: components["schemas"]["Light"];
            municipality: components["schemas"]["ReportMunicipality"];
            /** @description Whether it is on the map. */
            placed: boolean;
            /** @description What of it may be seen by others. */
            public: components["schemas"]["Publication"];
            /** Format: date-time */
            received_at: string;
            /** @description A random name one can say on the phone. */
            reference: string;
            status: components["schemas"]["Status"];
            status_reason: components["schemas"]["CloseReason"] | null;
        };
        /** @description Recovery codes, told once. */
        RecoveryCodes: {
            /** @description Each holds once; `null` where those from before hold on. */
            recovery_codes: string[] | null;
        };
        /** @description A public release: made once, never changed. */
        Release: {
            /**
             * Format: date-time
             * @description Reports received from here …
             */
            from: string;
            /**
             * @description Kommun and quarter.
             * @example 1060-2026-Q3
             */
            id: string;
            /**
             * Format: int64
             * @description Fewest persons and fewest reports behind a published number.
             */
            k: number;
            /**
             * Format: date-time
             * @description When it was made.
             */
            made_at: string;
            /** @description Name and version of the method. */
            method: string;
            /** @description The quarter. */
            period: string;
            /**
             * Format: date-time
             * @description … until here, exclusive.
             */
            to: string;
        };
        /** @description The public releases of a kommun. */
        Releases: {
            /** @description Its code. */
            municipality: string;
            /** @description Newest first. */
            releases: components["schemas"]["Release"][];
        };
        /** @description A row of the change log. */
        ReportChange: {
            /** @description Who, as a role. */
            actor: string;
            /** Format: date-time */
            at: string;
            /** @description Names of fields and values that are not personal. */
            facts: Record<string, unknown>;
            /** @description What was done. */
            kind: string;
            /**
             * Format: int64
             * @description Version of the kommun.
             */
            version: number;
        };
        /** @description A report with what surrounds it. */
        ReportDetail: components["schemas"]["ReportProperties"] & {
            /** @description What happened to it, in order. */
            history: components["schemas"]["ReportChange"][];
            place: components["schemas"]["SharedPlaceView"] | null;
            /** @description Similar open reports near it, nearest first. */
            similar: components["schemas"]["SimilarReport"][];
            /**
             * Format: int64
             * @description How many said "me too".
             */
            supporters: number;
            /** @description The status it may take next. */
            transitions: components["schemas"]["Transition"][];
        };
        ReportDetailFeature: {
            geometry: null | components["schemas"]["Point"];
            id: string;
            properties: components["schemas"]["ReportDetail"];
            /** @enum {string} */
            type: "Feature";
        };
        ReportFeature: {
            geometry: null | components["schemas"]["Point"];
            id: string;
            properties: components["schemas"]["ReportProperties"];
            /** @enum {string} */
            type: "Feature";
        };
        /** @description What `GET /reports` answers: live to those with the right, else what a moderator has shown. */
        ReportList: components["schemas"]["ReportPage"] | components["schemas"]["PublicReportPage"];
        /** @description The kommun of a report. */
        ReportMunicipality: {
            /** @description Whether it is beyond doubt: near a border it may be the neighbour. */
            certain: boolean;
            /** @description Four digits. */
            code: string;
            /** @description Its name. */
            name: string;
        };
        /** @description A page of reports, newest first. */
        ReportPage: {
            features: components["schemas"]["ReportFeature"][];
            /** @description The next page. */
            next: string | null;
            /** @description How many answer the filters in all. */
            total: number;
            /** @enum {string} */
            type: "FeatureCollection";
            /**
             * Format: int64
             * @description Version of the kommun, or the sum of several.
             */
            version: number;
        };
        /** @description What changes, at least one field; fields left out stay as they are, and so do the others when they are `null`. */
        ReportPatch: {
            /** @description The public answer; `null` or empty takes it back. No personal data. */
            answer?: string | null;
            location?: null | {
                /** @description Longitude, latitude; a height is ignored. */
                coordinates: [
                    number,
                    number,
                    number?
                ];
                /** @enum {string} */
                type: "Point";
            };
            /**
             * @description Why; needed when the new status closes the report, and then one of that transition's `reasons`.
             * @enum {string|null}
             */
            reason?: "fixed" | "not_ours" | "budget" | "regulation" | "already_done" | "not_found_on_site" | "sent_on" | "same_as_other" | null;
            /**
             * @description Whom it is for; a class that the caller reads.
             * @enum {string|null}
             */
            secrecy?: "public" | "partners" | "kommun" | "police" | "restricted" | null;
            /**
             * @description One of the report's `transitions`.
             * @enum {string|null}
             */
            status?: "received" | "acknowledged" | "planned" | "in_progress" | "done" | "declined" | "forwarded" | "duplicate" | null;
        };
        /** @description A report as planners see it. */
        ReportProperties: {
            /**
             * Format: double
             * @description The device's accuracy, metres.
             */
            accuracy_m: number | null;
            /** @description The public answer. */
            answer: string | null;
            /** Format: date-time */
            answered_at: string | null;
            avoids: components["schemas"]["Avoids"] | null;
            category: components["schemas"]["Category"];
            /** @description Whether the kommun is beyond doubt. */
            certain: boolean;
            feeling: components["schemas"]["Feeling"];
            /** @description Ids of the focus areas that cover it. */
            focus_areas: string[];
            group: components["schemas"]["Group"];
            /**
             * Format: int32
             * @description How it feels, 0–3.
             */
            insecurity: number | null;
            light: components["schemas"]["Light"];
            /** @description What the moderators have decided. */
            moderation: components["schemas"]["Moderation"];
            moderation_reason: components["schemas"]["ModerationReason"] | null;
            municipality: string;
            /** @description Own words. */
            note: string | null;
            /**
             * Format: date-time
             * @description When it happened, if the moment is known.
             */
            occurred_at: string | null;
            /**
             * Format: date
             * @description The day, if only that is known.
             */
            occurred_on: string | null;
            perspectives: components["schemas"]["Perspective"][];
            /** @description The place in words. */
            place_text: string | null;
            /** @description Whether everybody can see it now, as its category's class allows. */
            public: boolean;
            /** @description The words that everybody may read. */
            public_words: string | null;
            /** Format: date-time */
            received_at: string;
            /** @description A random name one can say on the phone. */
            reference: string;
            /**
             * Format: int32
             * @description What could happen, 0–3.
             */
            risk: number | null;
            /** @description Whom it is for. */
            secrecy: components["schemas"]["Secrecy"];
            /** @description `resident`, or the name of an import. */
            source: string;
            status: components["schemas"]["Status"];
            status_reason: components["schemas"]["CloseReason"] | null;
            time_band: components["schemas"]["TimeBand"] | null;
            travel_mode: components["schemas"]["TravelMode"] | null;
            /**
             * Format: int64
             * @description Version of the kommun when the report last changed.
             */
            version: number;
        };
        /** @description What the sender of a report gets back. */
        ReportReceipt: {
            /** @description The focus areas that cover it; perhaps none. */
            focus_areas: components["schemas"]["FocusAreaLink"][];
            /** Format: uuid */
            id: string;
            light: components["schemas"]["Light"];
            municipality: components["schemas"]["ReportMunicipality"];
            published: components["schemas"]["Polygon"] | null;
            /**
             * @description By which the sender finds it again; a secret.
             * @example 7Q2M-0XKD-9T3A-VB51
             */
            receipt: string;
            /**
             * @description A random name one can say on the phone.
             * @example 4H7K-M2QX
             */
            reference: string;
            /** @description Similar open reports near it that the sender may see, nearest first. */
            similar: components["schemas"]["SimilarReport"][];
            status: components["schemas"]["Status"];
        };
        /** @description What one may do in a kommun. */
        RightView: {
            /** @description What. */
            acts: string[];
            /** @description Where. */
            municipality: components["schemas"]["MunicipalityName"];
            /** @description By which roles. */
            roles: components["schemas"]["HeldView"][];
        };
        /** @description A role. */
        RoleView: {
            /** @description What it may do. */
            acts: string[];
            /** @description Whether it is given for a term. */
            needs_term: boolean;
            /** @description The kinds of party whose people may have it. */
            parties: string[];
            /** @description The secrecy classes it reads. */
            reads: string[];
            /** @description Code. */
            role: string;
        };
        /** @description The roles there are. */
        Roles: {
            /** @description In the order of the permission table. */
            roles: components["schemas"]["RoleView"][];
        };
        ScanFeature: {
            geometry: components["schemas"]["Polygon"];
            id: string;
            properties: components["schemas"]["ScanProperties"];
            /** @enum {string} */
            type: "Feature";
        };
        /** @description What belongs to a scan so that it can be repeated. */
        ScanMap: {
            /** @description What is expected is in proportion to this. */
            against: components["schemas"]["ExpectationKind"];
            /**
             * Format: int64
             * @description Cases in the cells that were scanned.
             */
            cases: number;
            /** @description Cells that were scanned: those where something is expected. */
            cells: number;
            features: components["schemas"]["ScanFeature"][];
            grid: components["schemas"]["GridKind"];
            /**
             * Format: int64
             * @description Cases in cells where nothing is expected, which are not scanned: where nobody lives.
             */
            left_out: number;
            /**
             * Format: double
             * @description The greatest radius in metres.
             */
            max_radius_m: number;
            /** @description Only when there was nothing to look for, or nothing found. */
            message?: components["schemas"]["Bilingual"];
            /** @description Name and version of the method. */
            method: string;
            /** @description What was counted. */
            of: components["schemas"]["StatisticKind"];
            /** Format: int32 */
            permutations: number;
            /**
             * Format: double
             * @description The greatest share of all that is expected in one circle.
             */
            radius_share: number;
            /**
             * Format: int32
             * @description Only for `h3`.
             */
            resolution?: number;
            /** Format: int64 */
            seed: number;
            /**
             * Format: double
             * @description Side in metres; not for `h3`.
             */
            size_m?: number;
            /**
             * Format: int64
             * @description Reports that answer the filters and are placed.
             */
            total: number;
            /** @enum {string} */
            type: "FeatureCollection";
            /**
             * Format: int64
             * @description Version of the kommun.
             */
            version: number;
            /** @description Circles that were tried. */
            zones: number;
        };
        /** @description One circle with more cases than expected. */
        ScanProperties: {
            /**
             * Format: int64
             * @description Reports, or people in each cell, inside.
             */
            cases: number;
            /** @description Cells inside, by their centres. */
            cells: number;
            /** @description Longitude and latitude. */
            centre: [
                number,
                number
            ];
            /**
             * Format: double
             * @description What would be expected inside, if the same share were told everywhere.
             */
            expected: number;
            /**
             * Format: double
             * @description The log likelihood ratio.
             */
            llr: number;
            /**
             * Format: double
             * @description By simulation, for the whole map: no further correction is due.
             */
            p: number;
            /**
             * Format: double
             * @description The same by the Gumbel approximation, for a p below what the simulations resolve.
             */
            p_gumbel: number | null;
            /**
             * Format: double
             * @description Metres from the centre to that of the furthest cell inside; 0 for one cell alone, which is drawn as the circle within it.
             */
            radius_m: number;
            /** @description 1 is the most likely cluster; no two share a cell. */
            rank: number;
            /**
             * Format: double
             * @description How many times the risk outside; `null` where no case is outside.
             */
            relative_risk: number | null;
        };
        /**
         * @description Rows are numbered from the north.
         * @enum {string}
         */
        Scheme: "xyz";
        /**
         * @description Whom something located is for.
         * @enum {string}
         */
        Secrecy: "public" | "partners" | "kommun" | "police" | "restricted";
        /** @description Who one is here. */
        Session: {
            /** @description What one may do in every kommun. */
            everywhere: string[];
            person: components["schemas"]["PersonView"] | null;
            /** @description What one may do, by kommun; only kommuner that are active. */
            rights: components["schemas"]["RightView"][];
            /**
             * @description `operator`, `person`, or `null` for everybody.
             * @example person
             */
            role: string | null;
        };
        /** @description Where one is logged in. */
        SessionItem: {
            /**
             * Format: date-time
             * @description When it began.
             */
            begun_at: string;
            /** @description Whether it is the one that asks. */
            current: boolean;
            /**
             * Format: date-time
             * @description When it ends at the latest.
             */
            expires_at: string;
            /** @description By which it is ended. */
            id: string;
            /**
             * Format: date-time
             * @description When it was last used, to a minute.
             */
            seen_at: string;
        };
        /** @description The sessions of a person. */
        Sessions: {
            /** @description Newest first. */
            sessions: components["schemas"]["SessionItem"][];
        };
        /** @description What several reports are of. */
        SharedPlaceView: {
            /** Format: uuid */
            id: string;
            /**
             * Format: int64
             * @description How many people have told of it, in a report or by "me too".
             */
            people: number;
            /** @description Its reports, the oldest first. */
            reports: string[];
        };
        /** @description A similar open report: of the same category, within 250 m. */
        SimilarReport: {
            category: components["schemas"]["Category"];
            /**
             * Format: double
             * @description How far, metres; absent of one that is only somewhere in the same square.
             */
            distance_m?: number | null;
            /** Format: uuid */
            id: string;
            status: components["schemas"]["Status"] | null;
        };
        /** @description What is near a place. */
        SimilarReports: {
            /** @description Nearest first. */
            similar: components["schemas"]["SimilarReport"][];
        };
        /** @description Personal data, or a suspicion, in a text. */
        Span: {
            /** @description One past the last code point. */
            end: number;
            /** @description What it is. */
            kind: components["schemas"]["FindingKind"];
            /** @description The first Unicode code point. */
            start: number;
        };
        /**
         * @description Densities are on squares.
         * @enum {string}
         */
        SquareKind: "square";
        /**
         * @description What is counted.
         * @enum {string}
         */
        StatisticKind: "count" | "reporters";
        /**
         * @description Where a report is in its life; the first four are open.
         * @enum {string}
         */
        Status: "received" | "acknowledged" | "planned" | "in_progress" | "done" | "declined" | "forwarded" | "duplicate";
        /** @description How many reports answer the filters, by everything one may filter by. */
        Summary: {
            category: {
                [key: string]: number;
            };
            feeling: {
                [key: string]: number;
            };
            /** @description By id of the focus area; a report may count in several. */
            focus_area: {
                [key: string]: number;
            };
            group: {
                [key: string]: number;
            };
            /** @description By local hour, from 0. */
            hour: number[];
            /** @description By local hour of the week, 24 to a day from Monday on: of the reports whose hour is known. */
            hour_of_week: number[];
            light: {
                [key: string]: number;
            };
            /** @description By local month, in order. */
            month: components["schemas"]["MonthCount"][];
            perspective: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Distinct people behind them.
             */
            reporters: number;
            /** @description By name of the source. */
            source: {
                [key: string]: number;
            };
            status: {
                [key: string]: number;
            };
            time_band: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Reports.
             */
            total: number;
            travel_mode: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Reports that are not on the map yet.
             */
            unplaced: number;
            /**
             * Format: int64
             * @description Version of the kommun.
             */
            version: number;
            /** @description By local weekday, from Monday. */
            weekday: number[];
        };
        Support: {
            /** @description HMAC-SHA-256 of the quarter (such as `2026-Q4`) under a secret of the device, cut to 128 bits; counts people, links nothing. */
            reporter: string;
        };
        /** @description Where tiles are. */
        TileJson: {
            /** @description West, south, east, north in degrees: the kommun, or all that there are. */
            bounds: [
                number,
                number,
                number,
                number
            ];
            /** @description Longitude, latitude, zoom. */
            center: [
                number,
                number,
                number
            ];
            /**
             * Format: int32
             * @description The finest; what is finer is drawn from it.
             */
            maxzoom: number;
            /**
             * Format: int32
             * @description Before this zoom there are no tiles.
             */
            minzoom: number;
            name: string;
            scheme: components["schemas"]["Scheme"];
            /** @description Its version. */
            tilejson: string;
            /** @description One URL, with the parameters of the question; `{z}`, `{x}` and `{y}` are to be filled in. */
            tiles: string[];
            vector_layers: components["schemas"]["VectorLayer"][];
        };
        /**
         * @description Part of the day in Europe/Stockholm: morning 05–09, day 09–15, afternoon 15–18, evening 18–22, night 22–05.
         * @enum {string}
         */
        TimeBand: "morning" | "day" | "afternoon" | "evening" | "night";
        /** @description A token for a machine. */
        TokenItem: {
            /**
             * Format: date-time
             * @description When it was made.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it ends.
             */
            expires_at: string;
            /** @description By which it is removed. */
            id: string;
            /** @description What it is for. */
            name: string;
            /** @description `read` or `read_write`: what it may do of what its owner may. */
            scope: string;
        };
        /** @description The tokens of a person. */
        Tokens: {
            /** @description Oldest first. */
            tokens: components["schemas"]["TokenItem"][];
        };
        TotpAnswer: {
            /** @description As it came with the secret. */
            ceremony: string;
            /**
             * Format: password
             * @description The six digits that the app shows.
             */
            code: string;
        };
        /** @description A status a report may take, and why. */
        Transition: {
            /** @description One of these is needed; empty where none is. */
            reasons: components["schemas"]["CloseReason"][];
            status: components["schemas"]["Status"];
        };
        /**
         * @description How the person travelled.
         * @enum {string}
         */
        TravelMode: "walking" | "wheelchair" | "bicycle" | "e_bicycle" | "e_scooter" | "moped" | "a_tractor" | "motorcycle" | "car" | "truck" | "bus" | "tram" | "skateboard" | "snowmobile" | "horse" | "other";
        /** @description A layer of the tiles. */
        VectorLayer: {
            description: string;
            /** @description Properties and what they hold. */
            fields: {
                [key: string]: string;
            };
            id: string;
            /** Format: int32 */
            maxzoom: number;
            /** Format: int32 */
            minzoom: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_openapi: {
        parameters: {
            query?: never;
            header?: {
                /** @description An `ETag` one has; answers 304 when nothing has changed. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description As the `ETag` one has. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_accesses: {
        parameters: {
            query: {
                /** @description The kommun, by its four-digit code. */
                municipality: string;
                /** @description Only what was one of 200 looks or more of one person within an hour. */
                many?: "true" | "false";
                /** @description Looks on a page. */
                limit?: number;
                /** @description Where the page begins; taken from `next`. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of looks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessLog"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither a bearer token nor a session (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not with this role, or not in this kommun (`/problems/forbidden`); one's own rights (`/problems/own-rights`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_factors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Passkeys, authenticator app, recovery codes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Factors"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not logged in (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A token, or the operator's session, which have no account (`/problems/forbidden`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_passkey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeyAnswer"];
            };
        };
        responses: {
            /** @description Added. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedPasskey"];
                };
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not logged in (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Logged in longer ago than a quarter of an hour (`/problems/log-in-again`); a token, or the operator's session, which have no account (`/problems/forbidden`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Ten already (`/problems/too-many`). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Begun too long ago, or answered already (`/problems/over`). */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ask_new_passkey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What to ask the authenticator. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedPasskey"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not logged in (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Logged in longer ago than a quarter of an hour (`/problems/log-in-again`); a token, or the operator's session, which have no account (`/problems/forbidden`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not reached by a name over https: there are no passkeys (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Ten already (`/problems/too-many`). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_passkey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It holds no longer. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not logged in (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Logged in longer ago than a quarter of an hour (`/problems/log-in-again`); a token, or the operator's session, which have no account (`/problems/forbidden`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Changed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not logged in (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A token, or the operator's session, which have no account (`/problems/forbidden`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many from one visitor: reports, receipts that are none, or tokens that do not hold (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    renew_recovery_codes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ten codes. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not logged in (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Logged in longer ago than a quarter of an hour (`/problems/log-in-again`); a token, or the operator's session, which have no account (`/problems/forbidden`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no factor that they would stand in for (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One's sessions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sessions"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not logged in (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A token, or the operator's session, which have no account (`/problems/forbidden`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_other_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every session but this one is over. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not logged in (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A token, or the operator's session, which have no account (`/problems/forbidden`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is over. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not logged in (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A token, or the operator's session, which have no account (`/problems/forbidden`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One's tokens; what they are is not told again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not logged in (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A token, or the operator's session, which have no account (`/problems/forbidden`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "expires_on": "2027-06-30",
                 *       "name": "QGIS på kontoret",
                 *       "scope": "read"
                 *     }
                 */
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            /** @description Made; the token is told this once. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeToken"];
                };
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not logged in (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Logged in longer ago than a quarter of an hour (`/problems/log-in-again`); a token, or the operator's session, which have no account (`/problems/forbidden`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Twenty already (`/problems/too-many`). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It holds no longer. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not logged in (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A token, or the operator's session, which have no account (`/problems/forbidden`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_totp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ceremony": "5f…",
                 *       "code": "123456"
                 *     }
                 */
                "application/json": components["schemas"]["TotpAnswer"];
            };
        };
        responses: {
            /** @description Added. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not logged in (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Logged in longer ago than a quarter of an hour (`/problems/log-in-again`); a token, or the operator's session, which have no account (`/problems/forbidden`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Begun too long ago, tried too often, or answered already (`/problems/over`). */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ask_new_totp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A secret for the app. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedTotp"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not logged in (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Logged in longer ago than a quarter of an hour (`/problems/log-in-again`); a token, or the operator's session, which have no account (`/problems/forbidden`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_totp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its codes hold no longer. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not logged in (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Logged in longer ago than a quarter of an hour (`/problems/log-in-again`); a token, or the operator's session, which have no account (`/problems/forbidden`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_clusters: {
        parameters: {
            query?: {
                /** @description Reports at most so many metres apart are neighbours. */
                eps_m?: number;
                /** @description A report with so many neighbours, itself counted, is the core of a cluster. */
                min_points?: number;
                /** @description One kommun, by its four-digit code. Needed unless `bbox` is given. */
                municipality?: string;
                /** @description West, south, east, north in degrees. */
                bbox?: [
                    number,
                    number,
                    number,
                    number
                ];
                /** @description Any of these groups. */
                group?: ("light" | "sight" | "life" | "disorder" | "damage" | "care" | "property" | "traffic_speed" | "traffic_crossing" | "traffic_path" | "other" | "safe")[];
                /** @description Any of these categories; together with `group`, what is in both. */
                category?: ("dark" | "lighting_broken" | "hidden" | "trapped" | "vegetation" | "deserted" | "disorder_gathering" | "harassment_place" | "alcohol_drugs_place" | "damage_graffiti" | "litter_decay" | "burglary_worry" | "speeding" | "heavy_traffic" | "motor_youth" | "unsafe_crossing" | "sight_blocked" | "junction_turning" | "crossing_rail" | "dropoff_chaos_school" | "no_footway_cycleway" | "shared_path_conflict" | "surface_ice_hole" | "kerb_parking" | "roadworks" | "lighting_road" | "sign_missing" | "near_miss" | "crash_selfreport" | "other_unsafe" | "lively" | "well_lit" | "good_view" | "friendly_staff" | "good_path" | "favourite" | "good_example")[];
                /** @description Only unsafe, or only safe. */
                feeling?: "unsafe" | "safe";
                /** @description From this instant (RFC 3339) or the local midnight of this date, by when it happened, else was received. */
                from?: string;
                /** @description Until, exclusive; as `from`. */
                to?: string;
                /** @description Local hours. */
                hour?: number[];
                /** @description Local weekdays; Monday is 1. */
                weekday?: number[];
                /** @description Local months. */
                month?: number[];
                /** @description Any of these. */
                light?: ("day" | "twilight" | "dark" | "unknown")[];
                /** @description Any of these. */
                time_band?: ("morning" | "day" | "afternoon" | "evening" | "night")[];
                /** @description Any of these. */
                travel_mode?: ("walking" | "wheelchair" | "bicycle" | "e_bicycle" | "e_scooter" | "moped" | "a_tractor" | "motorcycle" | "car" | "truck" | "bus" | "tram" | "skateboard" | "snowmobile" | "horse" | "other")[];
                /** @description Any of these. */
                perspective?: ("woman" | "man" | "other_gender" | "child_7_12" | "youth_13_19" | "age_65_plus" | "wheelchair_or_walker" | "low_vision" | "hard_of_hearing" | "cognitive" | "stroller" | "cyclist" | "night_worker" | "visitor" | "new_in_sweden")[];
                /** @description At least this insecure. */
                insecurity_min?: number;
                /** @description Covered by any of these focus areas, by id. */
                focus_area?: string[];
                /** @description Inside this ring, `lon lat,lon lat,…`, of at most 2000 corners; it closes itself. */
                polygon?: string;
                /** @description Counted in this cell of the heatmap: the name of its grid (`square62.5` … `square1000`, `hex50` … `hex400`, `h3r7` … `h3r11`), a hyphen and its id, as in the ids of `/ogc/collections/heatmap` without the kommun. Needs `municipality`. */
                cell?: string;
                /** @description Any of these. */
                status?: ("received" | "acknowledged" | "planned" | "in_progress" | "done" | "declined" | "forwarded" | "duplicate")[];
                /** @description From any of these sources, such as `resident`. */
                source?: string[];
                /** @description Changed after this version of the kommun. */
                since?: number;
            };
            header?: {
                /** @description An `ETag` one has; answers 304 when nothing has changed. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hulls, those of most people first. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["ClusterMap"];
                };
            };
            /** @description As the `ETag` one has. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither a bearer token nor a session (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not with this role, or not in this kommun (`/problems/forbidden`); one's own rights (`/problems/own-rights`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_heatmap: {
        parameters: {
            query?: {
                /** @description Squares in SWEREF 99 TM, H3 cells, or hexagons as ST_HexagonGrid makes them. The public has squares. */
                grid?: "square" | "h3" | "hex";
                /** @description Side in metres: 62.5, 125, 250, 500 or 1000 for squares (250 unless said otherwise; for the public 250, 500 or 1000, and 1000 unless said otherwise), 50, 100, 200 or 400 for hexagons (200). Not with `h3`. */
                size_m?: 50 | 62.5 | 100 | 125 | 200 | 250 | 400 | 500 | 1000;
                /** @description H3 resolution, only with `grid=h3`. */
                resolution?: number;
                /** @description Reports, or the distinct people behind them, or over one kommun, without `view`: Getis-Ord Gi* with its p and q, or local Moran's I, or the rate per inhabitant of squares of 1 km, or kernel density on squares, or the change between two periods. The public has reports. */
                statistic?: "count" | "reporters" | "gi_star" | "local_moran" | "rate" | "density" | "change";
                /** @description What hotspots, local Moran's I, rates, densities and changes are of. */
                of?: "reporters" | "count";
                /** @description Steps to a neighbour; only with `gi_star`, `local_moran` and `rate`. */
                rings?: number;
                /** @description How many chances p is held against, only with `gi_star`; the least p is 2 / (permutations + 1). */
                permutations?: number;
                /** @description Draws the permutations; the same seed gives the same digits. */
                seed?: number;
                /** @description How many inhabitants a rate is of; only with `rate`, like the next. */
                per?: number;
                /** @description What empirical Bayes rates are drawn towards: the rate of all squares, or of the neighbours at most `rings` steps away. */
                eb?: "global" | "local";
                /** @description The radius of a density's kernel in metres, not below the side of a square; only with `density`, like the next. */
                bandwidth_m?: number;
                /** @description Make up for what the kernel loses beyond the study area. */
                edge_correction?: "true" | "false";
                /** @description Draw bands between so many equal levels instead of squares; only with `density`. */
                bands?: number;
                /** @description The beginning of the earlier period; only with `change`, like the next two, which also needs `from` and `to`. */
                before_from?: string;
                /** @description Its end, exclusive. */
                before_to?: string;
                /** @description Hold each cell against itself before, or against the change of all cells together. */
                against?: "before" | "total";
                /** @description West, south, east, north in degrees: the cells that meet this box, each whole, and perhaps a few beside it. It chooses cells, where `bbox` chooses reports; for the public both give whole cells. */
                view?: [
                    number,
                    number,
                    number,
                    number
                ];
                /** @description What everybody sees, whoever asks. */
                public?: "true";
                /** @description One kommun, by its four-digit code. Needed unless `bbox` is given. */
                municipality?: string;
                /** @description West, south, east, north in degrees. */
                bbox?: [
                    number,
                    number,
                    number,
                    number
                ];
                /** @description Any of these groups. */
                group?: ("light" | "sight" | "life" | "disorder" | "damage" | "care" | "property" | "traffic_speed" | "traffic_crossing" | "traffic_path" | "other" | "safe")[];
                /** @description Any of these categories; together with `group`, what is in both. */
                category?: ("dark" | "lighting_broken" | "hidden" | "trapped" | "vegetation" | "deserted" | "disorder_gathering" | "harassment_place" | "alcohol_drugs_place" | "damage_graffiti" | "litter_decay" | "burglary_worry" | "speeding" | "heavy_traffic" | "motor_youth" | "unsafe_crossing" | "sight_blocked" | "junction_turning" | "crossing_rail" | "dropoff_chaos_school" | "no_footway_cycleway" | "shared_path_conflict" | "surface_ice_hole" | "kerb_parking" | "roadworks" | "lighting_road" | "sign_missing" | "near_miss" | "crash_selfreport" | "other_unsafe" | "lively" | "well_lit" | "good_view" | "friendly_staff" | "good_path" | "favourite" | "good_example")[];
                /** @description Only unsafe, or only safe. */
                feeling?: "unsafe" | "safe";
                /** @description From this instant (RFC 3339) or the local midnight of this date, by when it happened, else was received. */
                from?: string;
                /** @description Until, exclusive; as `from`. */
                to?: string;
                /** @description Local hours. */
                hour?: number[];
                /** @description Local weekdays; Monday is 1. */
                weekday?: number[];
                /** @description Local months. */
                month?: number[];
                /** @description Any of these. */
                light?: ("day" | "twilight" | "dark" | "unknown")[];
                /** @description Any of these. */
                time_band?: ("morning" | "day" | "afternoon" | "evening" | "night")[];
                /** @description Any of these. */
                travel_mode?: ("walking" | "wheelchair" | "bicycle" | "e_bicycle" | "e_scooter" | "moped" | "a_tractor" | "motorcycle" | "car" | "truck" | "bus" | "tram" | "skateboard" | "snowmobile" | "horse" | "other")[];
                /** @description Any of these. */
                perspective?: ("woman" | "man" | "other_gender" | "child_7_12" | "youth_13_19" | "age_65_plus" | "wheelchair_or_walker" | "low_vision" | "hard_of_hearing" | "cognitive" | "stroller" | "cyclist" | "night_worker" | "visitor" | "new_in_sweden")[];
                /** @description At least this insecure. */
                insecurity_min?: number;
                /** @description Covered by any of these focus areas, by id. */
                focus_area?: string[];
                /** @description Inside this ring, `lon lat,lon lat,…`, of at most 2000 corners; it closes itself. */
                polygon?: string;
                /** @description Counted in this cell of the heatmap: the name of its grid (`square62.5` … `square1000`, `hex50` … `hex400`, `h3r7` … `h3r11`), a hyphen and its id, as in the ids of `/ogc/collections/heatmap` without the kommun. Needs `municipality`. */
                cell?: string;
                /** @description Any of these. */
                status?: ("received" | "acknowledged" | "planned" | "in_progress" | "done" | "declined" | "forwarded" | "duplicate")[];
                /** @description From any of these sources, such as `resident`. */
                source?: string[];
                /** @description Changed after this version of the kommun. */
                since?: number;
            };
            header?: {
                /** @description An `ETag` one has; answers 304 when nothing has changed. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cells with what was counted in them. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Heatmap"];
                    "application/vnd.lykta.columns+json": components["schemas"]["HeatmapColumns"];
                    "text/csv": string;
                };
            };
            /** @description As the `ETag` one has. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bearer token does not hold (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Only the frozen release is public (`/problems/not-public`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationKey"];
            };
        };
        responses: {
            /** @description For whom it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A session cookie was sent from another site (`/problems/cross-site`); a token that only reads, or a role that may not (`/problems/forbidden`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many from one visitor: reports, receipts that are none, or tokens that do not hold (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accept_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Acceptance"];
            };
        };
        responses: {
            /** @description Accepted and logged in. */
            204: {
                headers: {
                    /** @description The session. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A session cookie was sent from another site (`/problems/cross-site`); a token that only reads, or a role that may not (`/problems/forbidden`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many from one visitor: reports, receipts that are none, or tokens that do not hold (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_moderation: {
        parameters: {
            query: {
                /** @description The kommun, by its four-digit code. */
                municipality: string;
                /** @description Where they stand. */
                state?: "waiting" | "held" | "counted" | "shown" | "rejected";
                /** @description Reports on a page. */
                limit?: number;
                /** @description Where the page begins; taken from `next`. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the queue. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModerationQueue"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither a bearer token nor a session (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not with this role, or not in this kommun (`/problems/forbidden`); one's own rights (`/problems/own-rights`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_municipalities: {
        parameters: {
            query?: {
                /** @description Only those that take reports here, or only those that do not. */
                active?: boolean;
            };
            header?: {
                /** @description An `ETag` one has; answers 304 when nothing has changed. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Kommuner by code. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["Municipalities"];
                };
            };
            /** @description As the `ETag` one has. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_municipality: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The kommun's four-digit code. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The kommun. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["MunicipalityDetailFeature"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_focus_areas: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The kommun's four-digit code. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Focus areas. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["FocusAreas"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_releases: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The kommun's four-digit code. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Releases, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Releases"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_parties: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller's parties. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Parties"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither a bearer token nor a session (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not with this role, or not in this kommun (`/problems/forbidden`); one's own rights (`/problems/own-rights`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_party: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewParty"];
            };
        };
        responses: {
            /** @description Was there already, the same. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartyView"];
                };
            };
            /** @description Added. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartyView"];
                };
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither a bearer token nor a session (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not with this role, or not in this kommun (`/problems/forbidden`); one's own rights (`/problems/own-rights`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The id is another's (`/problems/id-reused`). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_party: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither a bearer token nor a session (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not with this role, or not in this kommun (`/problems/forbidden`); one's own rights (`/problems/own-rights`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It has people, or parties below it (`/problems/in-use`). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_party: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartyPatch"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartyView"];
                };
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither a bearer token nor a session (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not with this role, or not in this kommun (`/problems/forbidden`); one's own rights (`/problems/own-rights`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A party below it works where it would not (`/problems/in-use`). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_people: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everybody who is something for one of the caller's parties. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["People"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither a bearer token nor a session (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not with this role, or not in this kommun (`/problems/forbidden`); one's own rights (`/problems/own-rights`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_person: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPerson"];
            };
        };
        responses: {
            /** @description Invited. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitedPerson"];
                };
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither a bearer token nor a session (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not with this role, or not in this kommun (`/problems/forbidden`); one's own rights (`/problems/own-rights`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The id is another's (`/problems/id-reused`). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Erased. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither a bearer token nor a session (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not with this role, or not in this kommun (`/problems/forbidden`); one's own rights (`/problems/own-rights`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonPatch"];
            };
        };
        responses: {
            /** @description As they are now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonItem"];
                };
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither a bearer token nor a session (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not with this role, or not in this kommun (`/problems/forbidden`); one's own rights (`/problems/own-rights`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invite_person_again: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A new link. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither a bearer token nor a session (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not with this role, or not in this kommun (`/problems/forbidden`); one's own rights (`/problems/own-rights`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_photo: {
        parameters: {
            query?: {
                /** @description Anything: with another value a browser asks anew. */
                v?: string;
            };
            header?: never;
            path: {
                /** @description Its id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture, at most 1,600 pixels. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": components["schemas"]["PhotoBytes"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bearer token does not hold (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_photo: {
        parameters: {
            query?: never;
            header: {
                /** @description The report's receipt. */
                "Lykta-Receipt": string;
            };
            path: {
                /** @description Its id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/jpeg": components["schemas"]["PhotoBytes"];
            };
        };
        responses: {
            /** @description It was there already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Photo"];
                };
            };
            /** @description It is on disk. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Photo"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No report has this receipt (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Five already (`/problems/too-many`), or the id is another photo's (`/problems/id-reused`). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More than three days after the report (`/problems/over`). */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Larger than 8 MiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not `image/jpeg`, `image/png` or `image/webp` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such picture, a broken one, or more than thirty million pixels; or an id that is not random (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many from one visitor: reports, receipts that are none, or tokens that do not hold (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_photo: {
        parameters: {
            query?: never;
            header: {
                /** @description The report's receipt. */
                "Lykta-Receipt": string;
            };
            path: {
                /** @description Its id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many from one visitor: reports, receipts that are none, or tokens that do not hold (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    review_photo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "hidden": [
                 *         {
                 *           "height": 40,
                 *           "width": 30,
                 *           "x": 10,
                 *           "y": 20
                 *         }
                 *       ],
                 *       "state": "shown"
                 *     }
                 */
                "application/json": components["schemas"]["PhotoReview"];
            };
        };
        responses: {
            /** @description The photo as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Photo"];
                };
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither a bearer token nor a session (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A session cookie was sent from another site (`/problems/cross-site`); a token that only reads, or a role that may not (`/problems/forbidden`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Hidden in by somebody else meanwhile (`/problems/stale`). */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_thumbnail: {
        parameters: {
            query?: {
                /** @description Anything: with another value a browser asks anew. */
                v?: string;
            };
            header?: never;
            path: {
                /** @description Its id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture, at most 320 pixels. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": components["schemas"]["PhotoBytes"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bearer token does not hold (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search_places: {
        parameters: {
            query?: {
                /** @description What the name begins with. Needed unless `municipality` is given. */
                q?: string;
                /** @description Only in this kommun, by its four-digit code. */
                municipality?: string;
                /** @description Names at most; with `q` no more than 20 are given. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Names, best first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Places"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_receipt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "receipt": "7Q2M-0XKD-9T3A-VB51"
                 *     }
                 */
                "application/json": components["schemas"]["ReceiptCode"];
            };
        };
        responses: {
            /** @description The report as its sender sees it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptView"];
                };
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No report has this receipt (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many from one visitor: reports, receipts that are none, or tokens that do not hold (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_report: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "receipt": "7Q2M-0XKD-9T3A-VB51"
                 *     }
                 */
                "application/json": components["schemas"]["ReceiptCode"];
            };
        };
        responses: {
            /** @description Withdrawn. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No report has this receipt (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many from one visitor: reports, receipts that are none, or tokens that do not hold (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_own_photos: {
        parameters: {
            query?: never;
            header: {
                /** @description The report's receipt. */
                "Lykta-Receipt": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order they came. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Photos"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many from one visitor: reports, receipts that are none, or tokens that do not hold (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_reports: {
        parameters: {
            query?: {
                /** @description One kommun, by its four-digit code. Needed unless `bbox` is given. */
                municipality?: string;
                /** @description West, south, east, north in degrees. */
                bbox?: [
                    number,
                    number,
                    number,
                    number
                ];
                /** @description Any of these groups. */
                group?: ("light" | "sight" | "life" | "disorder" | "damage" | "care" | "property" | "traffic_speed" | "traffic_crossing" | "traffic_path" | "other" | "safe")[];
                /** @description Any of these categories; together with `group`, what is in both. */
                category?: ("dark" | "lighting_broken" | "hidden" | "trapped" | "vegetation" | "deserted" | "disorder_gathering" | "harassment_place" | "alcohol_drugs_place" | "damage_graffiti" | "litter_decay" | "burglary_worry" | "speeding" | "heavy_traffic" | "motor_youth" | "unsafe_crossing" | "sight_blocked" | "junction_turning" | "crossing_rail" | "dropoff_chaos_school" | "no_footway_cycleway" | "shared_path_conflict" | "surface_ice_hole" | "kerb_parking" | "roadworks" | "lighting_road" | "sign_missing" | "near_miss" | "crash_selfreport" | "other_unsafe" | "lively" | "well_lit" | "good_view" | "friendly_staff" | "good_path" | "favourite" | "good_example")[];
                /** @description Only unsafe, or only safe. */
                feeling?: "unsafe" | "safe";
                /** @description From this instant (RFC 3339) or the local midnight of this date, by when it happened, else was received. */
                from?: string;
                /** @description Until, exclusive; as `from`. */
                to?: string;
                /** @description Local hours. */
                hour?: number[];
                /** @description Local weekdays; Monday is 1. */
                weekday?: number[];
                /** @description Local months. */
                month?: number[];
                /** @description Any of these. */
                light?: ("day" | "twilight" | "dark" | "unknown")[];
                /** @description Any of these. */
                time_band?: ("morning" | "day" | "afternoon" | "evening" | "night")[];
                /** @description Any of these. */
                travel_mode?: ("walking" | "wheelchair" | "bicycle" | "e_bicycle" | "e_scooter" | "moped" | "a_tractor" | "motorcycle" | "car" | "truck" | "bus" | "tram" | "skateboard" | "snowmobile" | "horse" | "other")[];
                /** @description Any of these. */
                perspective?: ("woman" | "man" | "other_gender" | "child_7_12" | "youth_13_19" | "age_65_plus" | "wheelchair_or_walker" | "low_vision" | "hard_of_hearing" | "cognitive" | "stroller" | "cyclist" | "night_worker" | "visitor" | "new_in_sweden")[];
                /** @description At least this insecure. */
                insecurity_min?: number;
                /** @description Covered by any of these focus areas, by id. */
                focus_area?: string[];
                /** @description Inside this ring, `lon lat,lon lat,…`, of at most 2000 corners; it closes itself. */
                polygon?: string;
                /** @description Counted in this cell of the heatmap: the name of its grid (`square62.5` … `square1000`, `hex50` … `hex400`, `h3r7` … `h3r11`), a hyphen and its id, as in the ids of `/ogc/collections/heatmap` without the kommun. Needs `municipality`. */
                cell?: string;
                /** @description Any of these. */
                status?: ("received" | "acknowledged" | "planned" | "in_progress" | "done" | "declined" | "forwarded" | "duplicate")[];
                /** @description From any of these sources, such as `resident`. */
                source?: string[];
                /** @description Changed after this version of the kommun. */
                since?: number;
                /** @description Reports on a page. */
                limit?: number;
                /** @description Where the page begins; taken from `next`. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of reports. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["ReportList"];
                    "text/csv": string;
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither a bearer token nor a session (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not with this role, or not in this kommun (`/problems/forbidden`); one's own rights (`/problems/own-rights`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More than 100,000 rows of CSV (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_report: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "accuracy_m": 12,
                 *       "avoids": "sometimes",
                 *       "category": "lighting_broken",
                 *       "feeling": "unsafe",
                 *       "id": "6f2c1f0a-3c1b-4a55-9d1e-0a4f7b8c9d10",
                 *       "insecurity": 2,
                 *       "location": {
                 *         "coordinates": [
                 *           14.5315,
                 *           56.2765
                 *         ],
                 *         "type": "Point"
                 *       },
                 *       "note": "Tre lampor är släckta i tunneln.",
                 *       "occurred_on": "2026-11-20",
                 *       "perspectives": [
                 *         "woman"
                 *       ],
                 *       "time_band": "evening",
                 *       "travel_mode": "walking"
                 *     }
                 */
                "application/json": components["schemas"]["NewReport"];
            };
        };
        responses: {
            /** @description Was stored before, with the same content. */
            200: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportReceipt"];
                };
            };
            /** @description Stored. */
            201: {
                headers: {
                    /** @description The report, for planners. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportReceipt"];
                };
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bearer token does not hold (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A session cookie was sent from another site (`/problems/cross-site`); a token that only reads, or a role that may not (`/problems/forbidden`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The id is taken by a report with other content (`/problems/id-reused`). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The report was withdrawn (`/problems/withdrawn`). */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule, all faults at once (`/problems/invalid`); the words hold personal data (`/problems/personal-data`) or accuse somebody who is pointed out (`/problems/suspicion`): nothing is stored; the place is in no kommun (`/problems/outside`) or in one that takes no reports here (`/problems/inactive`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many from one visitor: reports, receipts that are none, or tokens that do not hold (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The report's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report. */
            200: {
                headers: {
                    /** @description For `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["ReportDetailFeature"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bearer token does not hold (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_report: {
        parameters: {
            query?: never;
            header: {
                /** @description The report's `ETag` as it was read. */
                "If-Match": string;
            };
            path: {
                /** @description The report's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "answer": "Lamporna byts i veckan.",
                 *       "status": "planned"
                 *     }
                 */
                "application/json": components["schemas"]["ReportPatch"];
            };
        };
        responses: {
            /** @description The report as it is now. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["ReportDetailFeature"];
                };
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bearer token does not hold (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A session cookie was sent from another site (`/problems/cross-site`); a token that only reads, or a role that may not (`/problems/forbidden`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed by somebody else since it was read (`/problems/stale`). */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing (`/problems/precondition-required`). */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    moderate_report: {
        parameters: {
            query?: never;
            header: {
                /** @description The report's `ETag` as it was read. */
                "If-Match": string;
            };
            path: {
                /** @description The report's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "state": "shown",
                 *       "words": "Lampan vid bron blinkar."
                 *     }
                 */
                "application/json": components["schemas"]["ModerationDecision"];
            };
        };
        responses: {
            /** @description The report as it is now. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["ReportDetailFeature"];
                };
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bearer token does not hold (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A session cookie was sent from another site (`/problems/cross-site`); a token that only reads, or a role that may not (`/problems/forbidden`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed by somebody else since it was read (`/problems/stale`). */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing (`/problems/precondition-required`). */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_photos: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The report's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order they came. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Photos"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bearer token does not hold (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    merge_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The report's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "with": "6f2c1f0a-3c1b-4a55-9d1e-0a4f7b8c9d10"
                 *     }
                 */
                "application/json": components["schemas"]["PlaceWith"];
            };
        };
        responses: {
            /** @description The place. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharedPlaceView"];
                };
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bearer token does not hold (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A session cookie was sent from another site (`/problems/cross-site`); a token that only reads, or a role that may not (`/problems/forbidden`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unmerge_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The report's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is of no place any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bearer token does not hold (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A session cookie was sent from another site (`/problems/cross-site`); a token that only reads, or a role that may not (`/problems/forbidden`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    support_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The report's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reporter": "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
                 *     }
                 */
                "application/json": components["schemas"]["Support"];
            };
        };
        responses: {
            /** @description Counted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bearer token does not hold (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A session cookie was sent from another site (`/problems/cross-site`); a token that only reads, or a role that may not (`/problems/forbidden`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many from one visitor: reports, receipts that are none, or tokens that do not hold (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_roles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every role. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Roles"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_scan: {
        parameters: {
            query?: {
                /** @description The cells that are scanned: squares in SWEREF 99 TM, H3 cells, or hexagons. */
                grid?: "square" | "h3" | "hex";
                /** @description Side in metres: of squares (250) or hexagons (200), as for the heatmap. */
                size_m?: 50 | 62.5 | 100 | 125 | 200 | 250 | 400 | 500 | 1000;
                /** @description H3 resolution, only with `grid=h3`. */
                resolution?: number;
                /** @description What is counted: the distinct people of each cell, or reports. */
                of?: "reporters" | "count";
                /** @description What is expected in a cell is in proportion to everything told there, or, in squares of 1 km, to how many live there. */
                against?: "reports" | "population";
                /** @description The greatest share of all that is expected in one circle. */
                radius_share?: number;
                /** @description The greatest radius in metres: 1000, or three cells where that is more, unless said otherwise. */
                max_radius_m?: number;
                /** @description Simulations that p is held against; the least p is 1 / (permutations + 1). */
                permutations?: number;
                /** @description Draws the simulations; the same seed gives the same digits. */
                seed?: number;
                /** @description One kommun, by its four-digit code. Needed unless `bbox` is given. */
                municipality?: string;
                /** @description West, south, east, north in degrees. */
                bbox?: [
                    number,
                    number,
                    number,
                    number
                ];
                /** @description Any of these groups. */
                group?: ("light" | "sight" | "life" | "disorder" | "damage" | "care" | "property" | "traffic_speed" | "traffic_crossing" | "traffic_path" | "other" | "safe")[];
                /** @description Any of these categories; together with `group`, what is in both. */
                category?: ("dark" | "lighting_broken" | "hidden" | "trapped" | "vegetation" | "deserted" | "disorder_gathering" | "harassment_place" | "alcohol_drugs_place" | "damage_graffiti" | "litter_decay" | "burglary_worry" | "speeding" | "heavy_traffic" | "motor_youth" | "unsafe_crossing" | "sight_blocked" | "junction_turning" | "crossing_rail" | "dropoff_chaos_school" | "no_footway_cycleway" | "shared_path_conflict" | "surface_ice_hole" | "kerb_parking" | "roadworks" | "lighting_road" | "sign_missing" | "near_miss" | "crash_selfreport" | "other_unsafe" | "lively" | "well_lit" | "good_view" | "friendly_staff" | "good_path" | "favourite" | "good_example")[];
                /** @description Only unsafe, or only safe. */
                feeling?: "unsafe" | "safe";
                /** @description From this instant (RFC 3339) or the local midnight of this date, by when it happened, else was received. */
                from?: string;
                /** @description Until, exclusive; as `from`. */
                to?: string;
                /** @description Local hours. */
                hour?: number[];
                /** @description Local weekdays; Monday is 1. */
                weekday?: number[];
                /** @description Local months. */
                month?: number[];
                /** @description Any of these. */
                light?: ("day" | "twilight" | "dark" | "unknown")[];
                /** @description Any of these. */
                time_band?: ("morning" | "day" | "afternoon" | "evening" | "night")[];
                /** @description Any of these. */
                travel_mode?: ("walking" | "wheelchair" | "bicycle" | "e_bicycle" | "e_scooter" | "moped" | "a_tractor" | "motorcycle" | "car" | "truck" | "bus" | "tram" | "skateboard" | "snowmobile" | "horse" | "other")[];
                /** @description Any of these. */
                perspective?: ("woman" | "man" | "other_gender" | "child_7_12" | "youth_13_19" | "age_65_plus" | "wheelchair_or_walker" | "low_vision" | "hard_of_hearing" | "cognitive" | "stroller" | "cyclist" | "night_worker" | "visitor" | "new_in_sweden")[];
                /** @description At least this insecure. */
                insecurity_min?: number;
                /** @description Covered by any of these focus areas, by id. */
                focus_area?: string[];
                /** @description Inside this ring, `lon lat,lon lat,…`, of at most 2000 corners; it closes itself. */
                polygon?: string;
                /** @description Counted in this cell of the heatmap: the name of its grid (`square62.5` … `square1000`, `hex50` … `hex400`, `h3r7` … `h3r11`), a hyphen and its id, as in the ids of `/ogc/collections/heatmap` without the kommun. Needs `municipality`. */
                cell?: string;
                /** @description Any of these. */
                status?: ("received" | "acknowledged" | "planned" | "in_progress" | "done" | "declined" | "forwarded" | "duplicate")[];
                /** @description From any of these sources, such as `resident`. */
                source?: string[];
                /** @description Changed after this version of the kommun. */
                since?: number;
            };
            header?: {
                /** @description An `ETag` one has; answers 304 when nothing has changed. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Circles, the most likely cluster first. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": components["schemas"]["ScanMap"];
                    "text/csv": string;
                };
            };
            /** @description As the `ETag` one has. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither a bearer token nor a session (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not with this role, or not in this kommun (`/problems/forbidden`); one's own rights (`/problems/own-rights`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bearer token does not hold (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store, which knows the sessions, does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "login": "anna.berg@kommun.example",
                 *       "password": "lampan över bron blinkar"
                 *     }
                 */
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description They hold, and the account has a second factor: what `POST /session/proof` waits for. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Awaited"];
                };
            };
            /** @description Logged in. */
            204: {
                headers: {
                    /** @description The session. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description They do not hold (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description From another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many from one visitor: reports, receipts that are none, or tokens that do not hold (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session is over and its cookie taken back. */
            204: {
                headers: {
                    /** @description An empty session. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A session cookie was sent from another site (`/problems/cross-site`); a token that only reads, or a role that may not (`/problems/forbidden`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_oidc: {
        parameters: {
            query?: {
                /** @description Which page. */
                next?: "konto" | "plan" | "granska" | "personer";
            };
            header?: never;
            path: {
                /** @description Its id. */
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the service; or, when it does not answer, back with the reason. */
            303: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such service (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many from one visitor: reports, receipts that are none, or tokens that do not hold (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finish_oidc: {
        parameters: {
            query?: {
                /** @description As it was sent along. */
                state?: string;
                /** @description To be traded for a token, once. */
                code?: string;
                /** @description Who says so (RFC 9207). */
                iss?: string;
                /** @description Why there is no code. */
                error?: string;
            };
            header?: never;
            path: {
                /** @description Its id. */
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Logged in, and on to the page; or back to the log-in with the reason. */
            303: {
                headers: {
                    Location?: string;
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such service (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many from one visitor: reports, receipts that are none, or tokens that do not hold (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ask_passkey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What to ask the authenticator; the answer goes to `POST /session/proof`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Awaited"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description From another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not reached by a name over https: there are no passkeys (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many from one visitor: reports, receipts that are none, or tokens that do not hold (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    prove_log_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ceremony": "5f…",
                 *       "code": "123456"
                 *     }
                 */
                "application/json": components["schemas"]["Proof"];
            };
        };
        responses: {
            /** @description Logged in. */
            204: {
                headers: {
                    /** @description The session. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It does not hold, or nothing is awaited (`/problems/unauthorized`). */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description From another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 64 KiB (`/problems/too-large`). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many from one visitor: reports, receipts that are none, or tokens that do not hold (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now; nothing was kept (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was kept (`/problems/storage-full`). */
            507: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_providers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those the operator trusts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Providers"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_similar: {
        parameters: {
            query: {
                /** @description Degrees. */
                lon: number;
                /** @description Degrees. */
                lat: number;
                /** @description What. */
                category: "dark" | "lighting_broken" | "hidden" | "trapped" | "vegetation" | "deserted" | "disorder_gathering" | "harassment_place" | "alcohol_drugs_place" | "damage_graffiti" | "litter_decay" | "burglary_worry" | "speeding" | "heavy_traffic" | "motor_youth" | "unsafe_crossing" | "sight_blocked" | "junction_turning" | "crossing_rail" | "dropoff_chaos_school" | "no_footway_cycleway" | "shared_path_conflict" | "surface_ice_hole" | "kerb_parking" | "roadworks" | "lighting_road" | "sign_missing" | "near_miss" | "crash_selfreport" | "other_unsafe" | "lively" | "well_lit" | "good_view" | "friendly_staff" | "good_path" | "favourite" | "good_example";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nearest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimilarReports"];
                };
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_summary: {
        parameters: {
            query?: {
                /** @description One kommun, by its four-digit code. Needed unless `bbox` is given. */
                municipality?: string;
                /** @description West, south, east, north in degrees. */
                bbox?: [
                    number,
                    number,
                    number,
                    number
                ];
                /** @description Any of these groups. */
                group?: ("light" | "sight" | "life" | "disorder" | "damage" | "care" | "property" | "traffic_speed" | "traffic_crossing" | "traffic_path" | "other" | "safe")[];
                /** @description Any of these categories; together with `group`, what is in both. */
                category?: ("dark" | "lighting_broken" | "hidden" | "trapped" | "vegetation" | "deserted" | "disorder_gathering" | "harassment_place" | "alcohol_drugs_place" | "damage_graffiti" | "litter_decay" | "burglary_worry" | "speeding" | "heavy_traffic" | "motor_youth" | "unsafe_crossing" | "sight_blocked" | "junction_turning" | "crossing_rail" | "dropoff_chaos_school" | "no_footway_cycleway" | "shared_path_conflict" | "surface_ice_hole" | "kerb_parking" | "roadworks" | "lighting_road" | "sign_missing" | "near_miss" | "crash_selfreport" | "other_unsafe" | "lively" | "well_lit" | "good_view" | "friendly_staff" | "good_path" | "favourite" | "good_example")[];
                /** @description Only unsafe, or only safe. */
                feeling?: "unsafe" | "safe";
                /** @description From this instant (RFC 3339) or the local midnight of this date, by when it happened, else was received. */
                from?: string;
                /** @description Until, exclusive; as `from`. */
                to?: string;
                /** @description Local hours. */
                hour?: number[];
                /** @description Local weekdays; Monday is 1. */
                weekday?: number[];
                /** @description Local months. */
                month?: number[];
                /** @description Any of these. */
                light?: ("day" | "twilight" | "dark" | "unknown")[];
                /** @description Any of these. */
                time_band?: ("morning" | "day" | "afternoon" | "evening" | "night")[];
                /** @description Any of these. */
                travel_mode?: ("walking" | "wheelchair" | "bicycle" | "e_bicycle" | "e_scooter" | "moped" | "a_tractor" | "motorcycle" | "car" | "truck" | "bus" | "tram" | "skateboard" | "snowmobile" | "horse" | "other")[];
                /** @description Any of these. */
                perspective?: ("woman" | "man" | "other_gender" | "child_7_12" | "youth_13_19" | "age_65_plus" | "wheelchair_or_walker" | "low_vision" | "hard_of_hearing" | "cognitive" | "stroller" | "cyclist" | "night_worker" | "visitor" | "new_in_sweden")[];
                /** @description At least this insecure. */
                insecurity_min?: number;
                /** @description Covered by any of these focus areas, by id. */
                focus_area?: string[];
                /** @description Inside this ring, `lon lat,lon lat,…`, of at most 2000 corners; it closes itself. */
                polygon?: string;
                /** @description Counted in this cell of the heatmap: the name of its grid (`square62.5` … `square1000`, `hex50` … `hex400`, `h3r7` … `h3r11`), a hyphen and its id, as in the ids of `/ogc/collections/heatmap` without the kommun. Needs `municipality`. */
                cell?: string;
                /** @description Any of these. */
                status?: ("received" | "acknowledged" | "planned" | "in_progress" | "done" | "declined" | "forwarded" | "duplicate")[];
                /** @description From any of these sources, such as `resident`. */
                source?: string[];
                /** @description Changed after this version of the kommun. */
                since?: number;
            };
            header?: {
                /** @description An `ETag` one has; answers 304 when nothing has changed. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The numbers. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Summary"];
                };
            };
            /** @description As the `ETag` one has. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is unknown, given twice, or does not read (`/problems/invalid`). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither a bearer token nor a session (`/problems/unauthorized`). */
            401: {
                headers: {
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not with this role, or not in this kommun (`/problems/forbidden`); one's own rights (`/problems/own-rights`); a session cookie was sent from another site (`/problems/cross-site`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request took too long (`/problems/timeout`). */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong bearer tokens from one visitor (`/problems/rate-limited`). */
            429: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of Lykta's own (`/problems/internal`). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_basemap_config: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The base map. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BasemapConfig"];
                };
            };
        };
    };
    get_basemap_tiles: {
        parameters: {
            query?: never;
            header?: {
                /** @description One byte range; several, or another unit, get the whole file. */
                Range?: string;
                /** @description The `ETag` that the range is of. */
                "If-Range"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file. */
            200: {
                headers: {
                    "Accept-Ranges"?: string;
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.pmtiles": number[];
                };
            };
            /** @description The range, at most 16 MiB of it. */
            206: {
                headers: {
                    "Content-Range"?: string;
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.pmtiles": number[];
                };
            };
            /** @description Not there, or not for the caller (`/problems/not-found`). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing of the range is in the file (`/problems/range`). */
            416: {
                headers: {
                    "Content-Range"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The file cannot be read (`/problems/unavailable`). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does: `ok`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    get_readiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can: `ready`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description The store does not answer right now (`/problems/unavailable`). */
            503: {
                headers: {
                    /** @description Seconds after which to try again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
